"""Plain word lists that values are drawn from, and the files of wordings; nothing but data."""

from __future__ import annotations

import functools
from importlib import resources


def read(name: str) -> str:
    """The text of `wordings/<name>.txt`."""
    return (resources.files("core.episodes") / "wordings" / f"{name}.txt").read_text(encoding="utf-8").strip()


def words(text: str) -> tuple[str, ...]:
    """A list from words with spaces between them."""
    return tuple(dict.fromkeys(text.split()))


@functools.cache
def many(name: str) -> tuple[str, ...]:
    """Words of the encyclopedia and other training text: `names`, `nouns`, `adjectives`, or `words` of any sort."""
    return words(read(name))


def _c(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(part.split()) for part in text.split(",") if part.strip()))


FIRST = words("""Ada Adrian Agnes Ahmed Aisha Alba Alice Alma Amara Amir Ana Anders Andrea Anika Anton Anya Arjun Arlo Asha
Astrid Aurora Ayumi Beatrice Ben Bianca Bjorn Boris Brenda Bruno Camila Carlos Carmen Cecilia Chen Chidi Clara Claude
Connor Cora Cyrus Dagny Dalia Damian Daphne Dario Darya David Delia Denise Diego Dimitri Dora Edith Edwin Eero Elena
Elias Elif Ellen Elliot Elsa Emeka Emil Emma Enzo Erik Esme Esther Ethan Eva Fadi Faith Farid Fatima Felix Fiona Flora
Frank Freya Frida Gareth Gemma George Giulia Gloria Grace Greta Gustav Hana Hannah Harold Harriet Hassan Hazel Hector
Heidi Helena Henry Hiro Hugo Ibrahim Ida Ilse Imogen Ines Ingrid Irene Iris Isaac Ivan Ivy Jack Jada Jakob James Jana
Jasmine Javier Jean Joan Joel Johan Jonas Josephine Juan Judith Julia Jun Kai Kamal Karen Karim Katya Keiko Kenji Kirsten
Klaus Kofi Lara Lars Laura Leah Leila Lena Leo Leona Liam Lila Linus Lorenzo Louis Lucia Luka Lydia Mabel Magnus Malik
Malin Marco Margot Maria Marina Mario Marta Martin Mateo Matilda Maya Mei Milan Mina Miriam Mona Morgan Nadia Naomi Nasser
Natalia Nell Nico Nils Nina Noah Noor Nora Olga Olive Oliver Omar Oscar Otto Pablo Paloma Paul Pavel Pedro Peter Petra
Philip Pia Priya Quentin Rachel Rafael Rahul Ramona Rania Raymond Rebecca Renata Rhys Rina Robert Rosa Rowan Ruben Ruth
Sadia Sakura Salim Samuel Sandra Sanjay Sara Sasha Sean Selma Serena Shirin Sigrid Silvia Simon Sofia Soren Stella Sunita
Sven Sylvia Tamara Tariq Tessa Theo Thora Tilda Tobias Tomas Uma Ursula Valentina Vera Victor Vikram Viola Walter Wanda
Wendy Wilma Xavier Yara Yasmin Yusuf Yuki Yvonne Zahra Zara Zoe Zoltan""")
SURNAMES = words("""Abbott Adeyemi Ahlgren Alvarez Andersen Ashworth Bajwa Baker Banerjee Barnes Becker Bellini Berg Bianchi
Blackwood Bose Bradley Brandt Brennan Briggs Calloway Cardoso Carver Castillo Chandra Chowdhury Clarke Coleman Conti Cooper
Crawford Cruz Dalgaard Davies Delgado Dietrich Diaz Donovan Dubois Duarte Eklund Ellison Engel Eriksen Espinoza Evans
Falk Farrell Ferrari Fischer Fleming Flores Fontaine Forster Fraser Friedman Fuentes Gallagher Garcia Gibson Goldberg
Gomez Grant Greenwood Gruber Gupta Haddad Hagen Halloran Hansen Harper Hartmann Hayashi Hendricks Herrera Hoffmann Holloway
Horvath Huang Hughes Ibanez Ito Ivanov Jansen Jenkins Jensen Johansson Kaplan Kapoor Karlsson Keller Kennedy Khan Kim
Kingsley Klein Kobayashi Koch Kowalski Kruger Kumar Laine Lambert Larsen Laurent Leclerc Lehmann Lindgren Lombardi Lopez
Lundqvist Macleod Madsen Malone Marchetti Markovic Marsh Mbeki Mehta Meyer Mitchell Moreau Moretti Morris Mukherjee Murphy
Nakamura Navarro Nguyen Nielsen Novak Nowak Obi Okafor Okoye Oliveira Olsen Ortega Osman Pacheco Palmer Papadakis Park
Patel Pereira Petrov Pham Pinto Popescu Porter Quigley Quinn Ramos Rao Rasmussen Reyes Richter Rinaldi Rivera Romano
Rosenthal Rossi Roth Ryan Sanders Santos Sato Schneider Schwarz Sharma Shaw Silva Simmons Singh Soares Sorensen Stein
Stone Strand Sullivan Suzuki Szabo Takahashi Tanaka Thornton Torres Tran Underwood Vargas Vasquez Vogel Voss Wagner
Wallace Walsh Watanabe Weber Whitaker Wilkins Winter Wolff Wong Yamada Yilmaz Young Zeller Zhang Zimmer""")
PETS = words("""Acorn Apollo Archie Ash Bandit Banjo Barnaby Basil Bean Bear Biscuit Blossom Blue Boots Bramble Bubbles
Buster Button Caramel Casper Cheddar Chester Chip Cinder Cleo Clover Coco Comet Cookie Copper Cricket Crumpet Daisy Dash
Digby Domino Dusty Ember Fern Fig Fergus Fidget Flash Fudge Ginger Gizmo Goose Hamish Harley Honey Hopper Indie Jasper
Jelly Juno Kiki Kipper Lola Loki Lucky Luna Mango Maple Marble Mars Midnight Milo Minnow Misty Mittens Mochi Monty Muffin
Nacho Nala Nibbles Noodle Nugget Oreo Otis Paddy Panda Patch Peaches Peanut Pebble Pepper Percy Pickle Pip Pixel Poppy
Pretzel Pudding Puffin Pumpkin Radish Raffles Ranger Rascal Remy Rocket Roxy Rufus Rusty Sable Salem Scout Shadow Simba
Skipper Smokey Smudge Snowy Socks Sparky Speckle Spud Sprout Stitch Sunny Taffy Tango Teddy Thimble Tigger Tinker Toast
Toby Toffee Truffle Tulip Turnip Twiglet Waffles Wally Whisper Widget Willow Winston Wispa Ziggy Zigzag""")
TOWNS = _c("""Aberdeen, Accra, Adelaide, Algiers, Almeria, Amsterdam, Ankara, Antwerp, Arles, Athens, Auckland, Austin,
Avignon, Baltimore, Bangalore, Barcelona, Basel, Bath, Belfast, Belgrade, Bergen, Berlin, Bilbao, Bogota, Bologna, Bordeaux,
Boston, Bremen, Brest, Brighton, Bristol, Brno, Bruges, Brussels, Bucharest, Budapest, Buffalo, Cairo, Calgary, Cambridge,
Canberra, Cape Town, Cardiff, Cartagena, Casablanca, Chicago, Cologne, Copenhagen, Cordoba, Cork, Coventry, Cusco, Dakar,
Dallas, Darwin, Delhi, Denver, Derby, Detroit, Dijon, Dortmund, Dover, Dresden, Dublin, Dundee, Durban, Durham, Edinburgh,
Eindhoven, Essen, Exeter, Fez, Florence, Frankfurt, Galway, Gdansk, Geneva, Genoa, Ghent, Glasgow, Granada, Graz, Grenoble,
Haarlem, Haifa, Halifax, Hamburg, Hanoi, Hanover, Havana, Helsinki, Houston, Innsbruck, Inverness, Istanbul, Izmir, Jaipur,
Jakarta, Karachi, Kathmandu, Kiel, Kigali, Kingston, Kobe, Krakow, Kyoto, Lagos, Lahore, Lausanne, Leeds, Leicester, Leiden,
Leipzig, Lille, Lima, Limerick, Linz, Lisbon, Liverpool, Ljubljana, London, Lucerne, Lund, Lyon, Madrid, Malaga, Malmo,
Manchester, Manila, Marrakesh, Marseille, Melbourne, Memphis, Miami, Milan, Minsk, Montreal, Mumbai, Munich, Nagoya, Nairobi,
Nantes, Naples, Nashville, Newcastle, Nice, Nicosia, Norwich, Nottingham, Odense, Oporto, Osaka, Oslo, Ottawa, Oxford, Padua,
Palermo, Paris, Parma, Perth, Phoenix, Pisa, Plymouth, Portland, Poznan, Prague, Preston, Quebec, Quito, Ravenna, Reading,
Reims, Rennes, Riga, Rome, Rotterdam, Rouen, Salamanca, Salzburg, Santiago, Sapporo, Sarajevo, Savannah, Seattle, Seville,
Sheffield, Siena, Singapore, Skopje, Sofia, Split, Stavanger, Stockholm, Strasbourg, Stuttgart, Swansea, Sydney, Taipei,
Tallinn, Tampere, Tangier, Tbilisi, Toledo, Toronto, Toulouse, Trieste, Trondheim, Tucson, Tunis, Turin, Turku, Uppsala,
Utrecht, Valencia, Vancouver, Venice, Verona, Vienna, Vilnius, Warsaw, Wellington, Winnipeg, Worcester, Yerevan, York,
Zagreb, Zaragoza, Zurich""")
COUNTRIES = _c("""Albania, Algeria, Argentina, Armenia, Australia, Austria, Bangladesh, Belgium, Bolivia, Botswana, Brazil,
Bulgaria, Cambodia, Cameroon, Canada, Chile, China, Colombia, Costa Rica, Croatia, Cuba, Cyprus, Denmark, Ecuador, Egypt,
Estonia, Ethiopia, Fiji, Finland, France, Georgia, Germany, Ghana, Greece, Guatemala, Hungary, Iceland, India, Indonesia,
Ireland, Israel, Italy, Jamaica, Japan, Jordan, Kenya, Latvia, Lebanon, Lithuania, Madagascar, Malaysia, Malta, Mexico,
Mongolia, Morocco, Namibia, Nepal, New Zealand, Nigeria, Norway, Oman, Pakistan, Panama, Peru, Poland, Portugal, Romania,
Rwanda, Senegal, Serbia, Slovakia, Slovenia, South Africa, South Korea, Spain, Sri Lanka, Sweden, Switzerland, Tanzania,
Thailand, Tunisia, Turkey, Uganda, Ukraine, Uruguay, Vietnam, Zambia""")
JOBS = _c("""accountant, actor, actuary, anaesthetist, animator, architect, archivist, astronomer, auctioneer, baker, banker,
barber, barista, bartender, beekeeper, biologist, blacksmith, bookbinder, bookseller, botanist, bricklayer, bus driver,
butcher, cabinet maker, camera operator, cardiologist, carpenter, cartographer, cellist, chef, chemist, choreographer,
civil engineer, cleaner, coach, cobbler, composer, conductor, copywriter, costume designer, courier, crane operator, curator,
dancer, data analyst, dentist, detective, dietician, diplomat, diver, ecologist, economist, editor, electrician, engraver,
estate agent, farmer, film critic, firefighter, fisherman, florist, forester, game designer, gardener, geologist,
glassblower, goldsmith, graphic designer, hairdresser, harbour pilot, historian, hotel manager, illustrator,
insurance broker, interpreter, janitor, jeweller, joiner, journalist, judge, kindergarten teacher, lab technician,
landscape architect, lawyer, lecturer, librarian, lifeguard, linguist, locksmith, luthier, make-up artist, marine engineer,
massage therapist, mathematician, mechanic, meteorologist, midwife, miller, museum guide, music teacher, notary, novelist,
nurse, nutritionist, optician, orthodontist, painter, paramedic, park ranger, pastry chef, pathologist, pharmacist,
photographer, physicist, physiotherapist, piano tuner, pilot, plasterer, plumber, podiatrist, police officer, postman,
potter, printer, probation officer, producer, programmer, proofreader, psychologist, publisher, radiographer, receptionist,
referee, restorer, roofer, sailor, salesperson, sculptor, secretary, security guard, seismologist, set designer, shepherd,
silversmith, social worker, soldier, solicitor, sound engineer, speech therapist, statistician, stonemason, surgeon,
surveyor, tailor, tattoo artist, tax adviser, taxi driver, teacher, tiler, tour guide, train driver, translator, tutor,
upholsterer, urban planner, vet, violin maker, waiter, watchmaker, weaver, web developer, welder, window cleaner,
winemaker, writer, zookeeper""")
FOODS = _c("""aubergine curry, baked beans, beef stew, bibimbap, biryani, borscht, bouillabaisse, burritos, cannelloni, carbonara,
cassoulet, ceviche, chicken soup, chilli, chow mein, clam chowder, cottage pie, couscous, crab cakes, dal, dolma, dumplings,
empanadas, enchiladas, falafel, fish and chips, fish pie, fondue, fried rice, gnocchi, goulash, gumbo, gyoza, haggis,
hot pot, jambalaya, jollof rice, kebab, kedgeree, kimchi stew, laksa, lamb tagine, lasagne, lentil soup, macaroni cheese,
mapo tofu, meatballs, minestrone, miso soup, moussaka, mushroom risotto, nasi goreng, onion tart, pad thai, paella,
palak paneer, pancakes, pea soup, peking duck, pelmeni, pho, pierogi, pizza, polenta, poutine, pumpkin soup, quiche, ramen,
ratatouille, ravioli, roast chicken, roast potatoes, salmon teriyaki, samosas, sauerkraut, schnitzel, shakshuka,
shepherd's pie, soba noodles, spaghetti, spanakopita, spring rolls, stuffed peppers, sushi, sweet potato pie, tabbouleh,
tacos, tempura, tikka masala, toad in the hole, tortilla, udon, vegetable curry, waffles, wonton soup""")
DRINKS = _c("""apple juice, black coffee, black tea, buttermilk, camomile tea, cappuccino, carrot juice, chai, cider, cocoa,
coconut water, cold brew, cranberry juice, dandelion tea, earl grey, elderflower cordial, espresso, flat white, ginger ale,
ginger beer, grape juice, green tea, horchata, hot chocolate, iced tea, jasmine tea, kefir, kombucha, lassi, latte, lemonade,
lime soda, macchiato, malted milk, mango juice, matcha, mineral water, mint tea, mocha, nettle tea, oat milk, oolong,
orange juice, peppermint tea, pear juice, pineapple juice, pomegranate juice, rooibos, root beer, rosehip tea, sage tea,
sparkling water, tomato juice, tonic water, turmeric latte, white tea, yerba mate""")
COLOURS = words("""amber apricot azure beige black blue bronze brown burgundy charcoal cobalt copper coral cream crimson cyan
emerald fuchsia gold green grey indigo ivory jade khaki lavender lemon lilac lime magenta maroon mauve mint mustard navy ochre
olive orange peach pink plum purple red ruby rust salmon sapphire scarlet silver tan teal turquoise ultramarine vermilion
violet white yellow""")
ANIMALS = words("""aardvark alpaca antelope armadillo axolotl badger bat beaver bison buffalo camel capybara cheetah chinchilla
cougar coyote crab crocodile deer dingo dolphin donkey echidna elephant elk ferret fox gazelle gecko gibbon giraffe goat
gorilla hamster hare hedgehog hippo hyena ibex iguana jackal jaguar jellyfish kangaroo koala lemur leopard lion lizard llama
lobster lynx manatee marmot meerkat mole mongoose moose narwhal newt ocelot octopus okapi orca otter ox panther pangolin
platypus porcupine possum puma rabbit raccoon reindeer rhino salamander seahorse seal shark shrew skunk sloth snail squid
squirrel stoat tapir tiger toad tortoise turtle vole wallaby walrus warthog weasel whale wolf wolverine wombat yak zebra""")
BIRDS = words("""albatross avocet bittern blackbird bluetit bullfinch buzzard canary cormorant crane crow cuckoo curlew dove duck
eagle egret falcon finch flamingo gannet goldfinch goshawk grebe heron hoopoe hornbill hummingbird ibis jackdaw jay kestrel
kingfisher kite kookaburra lapwing lark linnet macaw magpie nightingale nuthatch oriole osprey ostrich owl parrot peacock
pelican penguin pheasant pigeon plover ptarmigan quail raven robin rook sandpiper skylark sparrow starling stork swallow swan
swift tern thrush toucan turaco vulture wagtail warbler woodpecker wren""")
PLANTS = words("""aloe anemone aster azalea begonia bluebell buttercup camellia carnation chrysanthemum columbine cornflower
crocus cyclamen daffodil dahlia delphinium edelweiss forsythia foxglove freesia fuchsia gardenia gentian geranium gladiolus
hawthorn heather hibiscus hollyhock honeysuckle hyacinth hydrangea iris jasmine lilac lily lotus lupin magnolia marigold
mimosa narcissus nasturtium oleander orchid pansy peony petunia phlox poinsettia poppy primrose protea rhododendron rose
snapdragon snowdrop sunflower thistle tulip verbena violet wisteria yarrow zinnia""")
TREES = words("""acacia alder ash aspen banyan baobab beech birch cedar cherry chestnut cypress ebony elder elm eucalyptus fir
ginkgo hazel hemlock hickory holly hornbeam juniper larch laurel linden mahogany mangrove maple mulberry oak palm pine plane
poplar redwood rowan sequoia spruce sycamore tamarind teak walnut willow yew""")
FRUITS = words("""apple apricot avocado banana blackberry blackcurrant blueberry cherry clementine coconut cranberry damson date
dragonfruit durian elderberry fig gooseberry grape grapefruit guava jackfruit kiwi kumquat lemon lime loganberry lychee
mandarin mango melon mulberry nectarine orange papaya passionfruit peach pear persimmon pineapple plum pomegranate pomelo
quince raspberry redcurrant satsuma starfruit strawberry tangerine watermelon""")
VEGETABLES = words("""artichoke asparagus aubergine beetroot broccoli cabbage carrot cauliflower celeriac celery chard chicory
courgette cucumber endive fennel garlic kale kohlrabi leek lettuce okra onion parsnip pea pepper potato pumpkin radish rhubarb
rocket salsify shallot spinach squash swede sweetcorn tomato turnip watercress yam""")
ALLERGENS = words("""almonds aspirin barley bees buckwheat cashews celery chickpeas clams coconut crab eggs feathers garlic
gluten grass hazelnuts kiwi latex lentils lobster lupin mango mangoes milk mould mushrooms mussels mustard nickel oysters
peaches peanuts pecans penicillin pistachios pollen prawns ragweed rye salmon sesame shellfish soy squid strawberries
sulphites tomatoes tuna walnuts wasps wheat wool""")
SPORTS = _c("""archery, badminton, baseball, basketball, biathlon, bouldering, bowling, boxing, canoeing, cricket, croquet,
curling, cycling, darts, diving, fencing, field hockey, figure skating, football, golf, gymnastics, handball, hurling,
ice hockey, judo, karate, kayaking, kickboxing, lacrosse, luge, netball, orienteering, paragliding, pole vault, polo, rowing,
rugby, running, sailing, shot put, skateboarding, skiing, ski jumping, snooker, snowboarding, softball, squash, surfing,
swimming, table tennis, taekwondo, tennis, trampolining, triathlon, ultimate frisbee, volleyball, wakeboarding, water polo,
weightlifting, windsurfing, wrestling""")
HOBBIES = _c("""astronomy, baking, basket weaving, beekeeping, birdwatching, bookbinding, bread making, calligraphy, candle making,
ceramics, chess, climbing, coin collecting, cooking, crochet, crosswords, dancing, drawing, embroidery, falconry,
film photography, fishing, flower arranging, foraging, gardening, genealogy, geocaching, glass painting, hiking,
home brewing, horse riding, improv theatre, jewellery making, jigsaw puzzles, juggling, kite flying, knitting, lace making,
lock picking, magic tricks, metal detecting, model railways, mosaics, mushroom hunting, origami, painting, paper cutting,
pottery, puppetry, quilting, reading, robotics, rock balancing, salsa, sculpting, sewing, singing, soap making, sketching,
stamp collecting, star gazing, sudoku, tai chi, tap dancing, urban exploring, weaving, whittling, wood carving, yoga""")
INSTRUMENTS = _c("""accordion, bagpipes, banjo, bass guitar, bassoon, bongos, bugle, cello, clarinet, concertina, cornet,
didgeridoo, double bass, drums, dulcimer, euphonium, fiddle, flute, French horn, glockenspiel, guitar, harmonica, harp,
harpsichord, hurdy-gurdy, kalimba, lute, lyre, mandolin, marimba, melodica, oboe, ocarina, organ, pan pipes, piano, piccolo,
recorder, saxophone, sitar, tambourine, theremin, timpani, trombone, trumpet, tuba, ukulele, vibraphone, viola, violin,
xylophone, zither""")
LANGUAGES = words("""Albanian Amharic Arabic Armenian Basque Bengali Breton Bulgarian Catalan Croatian Czech Danish Dutch Esperanto
Estonian Finnish French Galician Georgian German Greek Gujarati Hausa Hebrew Hindi Hungarian Icelandic Igbo Indonesian Irish
Italian Japanese Kannada Khmer Korean Kurdish Latin Latvian Lithuanian Malay Maltese Mandarin Maori Marathi Mongolian Nepali
Norwegian Persian Polish Portuguese Punjabi Quechua Romanian Serbian Sinhala Slovak Somali Spanish Swahili Swedish Tagalog
Tamil Telugu Thai Tibetan Turkish Ukrainian Urdu Vietnamese Welsh Xhosa Yoruba Zulu""")
SUBJECTS = _c("""accounting, anthropology, archaeology, architecture, art history, astrophysics, biochemistry, biology, botany,
chemistry, classics, computer science, criminology, dentistry, drama, economics, education, electrical engineering, ethics,
film studies, fine arts, forestry, genetics, geography, geology, history, international relations, journalism, law,
linguistics, literature, marine biology, marketing, materials science, mathematics, mechanical engineering, medicine,
meteorology, microbiology, music, neuroscience, nursing, nutrition, oceanography, philosophy, physics, political science,
psychology, sociology, statistics, theology, urban planning, veterinary medicine, zoology""")
CARS = _c("""Alfa Giulia, Audi A3, Audi Q5, BMW i3, Citroen Berlingo, Citroen C3, Cupra Born, Dacia Duster, Dacia Sandero,
Fiat Panda, Fiat Tipo, Ford Fiesta, Ford Focus, Ford Kuga, Ford Puma, Honda Civic, Honda Jazz, Hyundai Kona, Hyundai Tucson,
Jaguar XE, Jeep Renegade, Kia Ceed, Kia Niro, Kia Picanto, Land Rover Defender, Lexus UX, Mazda CX-5, Mazda MX-5, Mini Cooper,
Mini Clubman, Mitsubishi Colt, Nissan Juke, Nissan Leaf, Nissan Micra, Opel Astra, Opel Corsa, Peugeot 208, Peugeot 3008,
Polestar 2, Porsche Macan, Renault Clio, Renault Megane, Renault Twingo, Renault Zoe, Saab 900, Seat Ibiza, Seat Leon,
Skoda Fabia, Skoda Octavia, Skoda Yeti, Smart Fortwo, Subaru Forester, Subaru Outback, Suzuki Jimny, Suzuki Swift,
Tesla Model 3, Toyota Aygo, Toyota Corolla, Toyota Prius, Toyota Yaris, Vauxhall Zafira, Volkswagen Golf, Volkswagen Passat,
Volkswagen Polo, Volkswagen Up, Volvo V40, Volvo V60, Volvo XC40""")
GENRES = words("""ambient baroque bebop bhangra bluegrass blues bossa calypso chamber choral country cumbia dancehall disco drone
dub electro fado flamenco folk funk garage gospel grime grunge hip-hop house indie jazz klezmer mariachi metal motown opera
polka pop punk ragtime rap rave reggae rock rumba salsa samba ska soul swing synthpop tango techno trance zydeco""")
DISH_SWEETS = _c("""apple crumble, baklava, banana bread, bread pudding, brownies, cannoli, carrot cake, cheesecake,
cherry pie, chocolate mousse, churros, cinnamon rolls, creme brulee, custard tart, eclairs, eton mess, flapjacks, fudge,
gingerbread, halva, jam roly-poly, key lime pie, lemon tart, macaroons, marzipan, meringue, mince pies, panna cotta, pavlova,
pecan pie, plum cake, profiteroles, rice pudding, rum baba, scones, shortbread, sorbet, sticky toffee pudding, strudel,
tapioca, tiramisu, treacle tart, trifle, turkish delight""")
ICES = _c("""blackcurrant, butterscotch, caramel, cherry, chocolate, cinnamon, coconut, coffee, cookie dough, dark chocolate,
hazelnut, honeycomb, lemon, liquorice, mango, maple walnut, mint, nougat, passionfruit, peanut butter, pistachio, raspberry,
rum and raisin, salted caramel, stracciatella, strawberry, tiramisu, toffee, vanilla, white chocolate""")
CHEESES = words("""asiago brie burrata caerphilly camembert cheddar cheshire comte edam emmental feta fontina gorgonzola gouda
gruyere halloumi havarti jarlsberg manchego mascarpone mozzarella munster paneer parmesan pecorino provolone raclette
reblochon ricotta roquefort stilton taleggio wensleydale""")
SPICES = words("""allspice anise basil bay caraway cardamom cayenne chives cinnamon cloves coriander cumin dill fennel fenugreek
ginger horseradish lemongrass mace marjoram mint mustard nutmeg oregano paprika parsley rosemary saffron sage sumac tarragon
thyme turmeric vanilla""")
GAMES = _c("""backgammon, battleships, bridge, canasta, charades, checkers, chess, cribbage, dominoes, gin rummy, go, hearts,
ludo, mahjong, mancala, mikado, old maid, pictionary, poker, rummy, shogi, snap, solitaire, spades, whist, yahtzee, carrom,
pachisi, nine men's morris, go fish, reversi, hangman""")
SEASONS = words("spring summer autumn winter")
MONTHS = words("January February March April May June July August September October November December")
WEEKDAYS = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
SIGNS = words("Aries Taurus Gemini Cancer Leo Virgo Libra Scorpio Sagittarius Capricorn Aquarius Pisces")
NOUNS = words("""acorn anchor anvil apron arrow atlas attic axle badge bagel balcony ballad bamboo banner barrel basin basket
beacon beetle bell bench blanket blizzard bonfire bottle boulder bouquet bracket bramble branch breeze brick bridge bronze broom
bubble bucket buckle bugle bundle butter button cabin cable cactus camera candle canvas canyon carpet cart castle cavern cellar
chalk chapel chariot chestnut chimney circle cloak clock cloud clover coal cobweb comet compass copper cotton cradle crater
crayon crown crystal curtain cushion dagger delta desert diamond diary domino dragon drizzle drum dune easel echo eclipse ember
engine fabric falcon feather fence fern ferry fiddle flame flask flint flute forest fossil fountain fridge frost furnace galaxy
garden garnet gate geyser ghost glacier goblet granite gravel grotto hammer hammock harbour harness harvest helmet hinge
horizon hornet icicle igloo inkwell island ivory jacket jigsaw jungle kettle keyhole kitchen kite ladder lagoon lantern laser
lattice leather ledger lemon lever lichen lighthouse locket loom lumber magnet marble market marsh meadow medal melody meteor
mill mirror mitten moss mountain muffin museum needle nest nickel notebook oasis ocean opal orbit orchard otter oven paddle
pagoda palace pancake parade parcel pasture pavement pearl pebble pencil pendulum penguin pepper petal piano pillow pilot pivot
planet plank plaza pocket pollen pond porch prairie prism puddle pulley puppet puzzle pyramid quarry quartz quill quilt rafter
raft rainbow ranch ravine ribbon riddle river rocket saddle saffron sandal satchel saucer scarf scooter shadow shelter shovel
shutter signal sketch sleigh slipper smoke snowflake socket spade sparrow spindle spiral sponge spoon stable staircase statue
steeple stencil stirrup summit sundial sunset swan tablet tambourine tapestry teapot temple thimble thistle thread thunder
ticket timber torch tower tractor trellis trumpet tunnel turbine turnip tweed umbrella valley vault velvet violin volcano
voyage waffle wagon walnut walrus waterfall wedge whistle widget window windmill yarn zeppelin zipper""")
ADJECTIVES = words("""amber ancient autumn bitter blazing bold brave bright broken bronze calm careful cheerful clever clumsy cosy
crimson crooked curious daring dusty eager early electric emerald empty endless fading faithful fancy fearless fierce floating
flying foggy forgotten fragile friendly frozen gentle giant glowing golden graceful grumpy hasty hidden hollow humble hungry
icy jolly kind late lazy little lonely loud lucky mellow merry mighty misty modern muddy narrow nervous nimble noble northern
paper patient plain polite proud purple quiet rapid restless rough round royal rusty salty scarlet secret shiny shy silent
silver simple sleepy slow smooth snowy solar solid southern spicy spotted steady stormy striped stubborn sturdy sudden sunny
swift tall tidy tiny velvet wandering warm western whispering wild wise wooden yellow young""")
CONTAINERS = _c("""drawer, box, tin, cupboard, suitcase, basket, folder, shoebox, cabinet, chest, backpack, jar, envelope,
wardrobe, shelf, trunk, bag, vase, crate, desk, pouch, bucket, toolbox, bookcase, teapot, binder, case, flowerpot""")
CONTAINER_LOOKS = _c("""blue, red, green, yellow, grey, black, white, brown, orange, purple, wooden, metal, leather, plastic,
old, small, big, round, striped, rusty, tall, cardboard, wicker, glass, painted, broken, dusty, locked, upper, lower, left,
right, canvas, checked, velvet""")
SHOPS = words(
    "Bakery Bistro Books Cafe Canteen Corner Deli Diner Garden Grill House Inn Kitchen Lounge Noodles Pizzeria Tavern Yard"
)
MEN = words("""Adrian Ahmed Amir Anders Anton Arjun Arlo Ben Bjorn Boris Bruno Carlos Chen Chidi Connor Cyrus Damian Dario David Diego
Dimitri Edwin Eero Elias Elliot Emeka Emil Enzo Erik Ethan Fadi Farid Felix Frank Gareth George Gustav Harold Hassan Hector Henry
Hiro Hugo Ibrahim Isaac Ivan Jack Jakob James Javier Joel Johan Jonas Juan Jun Kai Kamal Karim Kenji Klaus Kofi Lars Leo Liam
Linus Lorenzo Louis Luka Magnus Malik Marco Mario Martin Mateo Milan Nasser Nico Nils Noah Omar Oscar Otto Pablo Paul Pavel Pedro
Peter Philip Quentin Rafael Rahul Raymond Rhys Robert Ruben Salim Samuel Sanjay Sean Simon Soren Sven Tariq Theo Tobias Tomas
Victor Vikram Walter Xavier Yusuf Zoltan Oliver""")
EITHER = words("Andrea Claude Kai Luka Morgan Noor Rowan Sasha Yuki Jean Jun Chen Milan Noah Arlo Nico")
WOMEN = tuple(name for name in FIRST if name not in MEN or name in EITHER)
