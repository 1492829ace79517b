"""Values of facts, from open classes, split into training and test by a hash of the value."""

from __future__ import annotations

import random
import zlib

FIRST = "Adam Alice Amir Anna Arthur Astrid Beatrice Ben Boris Bruno Carla Carmen Cecil Chloe Clara Conrad Dalia Daniel Dora Edgar Edith Elena Elias Ella Emil Emma Erik Esther Ethan Eva Felix Fiona Flora Frank Freya Gemma George Grace Greta Gustav Hana Harold Hazel Helen Henry Hugo Ida Igor Ingrid Irene Isaac Ivan Ivy Jack Jane Jasper Joan Jonas Julia Karl Kate Kira Laura Leo Lena Liam Lily Lina Louis Lucy Lukas Mabel Magnus Maria Marta Martin Max Maya Mia Milo Mira Molly Nadia Nathan Nell Nina Noah Nora Olga Oliver Olive Oscar Otto Paul Pavel Penny Peter Petra Philip Priya Quentin Rachel Ralph Ravi Rosa Rose Ruth Sam Samir Sara Selma Simon Sofia Stella Sven Tara Theo Thomas Tilda Tom Una Ursula Vera Victor Viola Walter Wanda Wendy Willa Yara Yusuf Zara Zoe".split()
LAST = "Abbott Adler Archer Bailey Baker Barlow Becker Bennett Berg Bishop Blake Bolton Brandt Brooks Burke Butler Carver Chapman Clarke Cole Cooper Cross Dalton Dawson Drake Dunn Ellis Farrow Fisher Fleming Fletcher Foster Frost Garner Gibson Grant Greene Griffin Hale Hansen Harper Hayes Holt Hunter Ingram Jensen Keller Kemp Knight Lambert Lane Larsen Lowell Marsh Mason Mercer Miller Moran Morrow Nash Newton Norris Novak Owens Page Parker Payne Pierce Porter Quinn Ramsey Reed Rhodes Rivera Rossi Rowe Sawyer Sharp Shaw Silva Slater Stone Swan Tanner Thorne Turner Vance Walsh Warner Webb Weaver Wilder Winter Wolfe Wright Yates Young".split()
PLACE = "Aachen Aberdeen Adelaide Athens Austin Basel Bergen Berlin Bern Bilbao Bologna Bordeaux Boston Bremen Bristol Bruges Brussels Budapest Cairo Calgary Cardiff Chicago Cologne Cork Dakar Dallas Denver Dover Dresden Dublin Durham Edinburgh Essex Exeter Florence Geneva Genoa Ghent Glasgow Granada Graz Hamburg Hanover Havana Helsinki Houston Inverness Istanbul Kent Krakow Kyoto Leeds Leipzig Leiden Lima Lisbon Liverpool London Lyon Madrid Malmo Manila Marseille Memphis Milan Montreal Moscow Munich Nairobi Nantes Naples Norwich Nottingham Oslo Oxford Palermo Paris Perth Phoenix Porto Prague Quebec Reading Riga Rome Rotterdam Salzburg Santiago Seattle Seoul Seville Sheffield Siena Sofia Stockholm Sydney Tampa Tokyo Toronto Trieste Tunis Turin Utrecht Valencia Venice Verona Vienna Vilnius Warsaw York Zagreb Zurich".split()
WORD = "anchor apple arrow autumn badger bamboo basket beacon birch bishop blossom bottle breeze bridge bronze bucket butter button cabin cactus camel candle canyon carpet castle cedar cherry chestnut circle cloud clover cobalt comet copper coral cotton crystal dagger dolphin dragon eagle ember engine falcon feather fern flame flint forest fossil fountain garden garnet ginger glacier granite hammer harbor hazel heron hollow honey island ivory jacket jasmine jigsaw jungle kettle lagoon lantern laurel lemon leopard lotus magnet mango maple marble meadow melon mirror morning mountain needle nickel nutmeg oasis ocean olive onyx orbit orchid otter panda paper parrot pearl pebble pepper pigeon pillow planet plum pocket pollen prairie puzzle quartz rabbit raven ribbon river rocket saddle saffron salmon sapphire shadow silver sparrow spice spiral squirrel summit sunset temple thistle thunder tiger timber topaz tulip turtle umbrella valley velvet violet walnut whistle willow window winter wizard yellow zebra zephyr".split()
FOOD = "almonds apples apricots asparagus bananas barley basil beans beef beetroot blueberries bread broccoli butter cabbage carrots cashews celery cheese cherries chicken chickpeas chocolate coconut corn couscous crab cucumber curry dates dumplings eggs eggplant figs fish garlic ginger grapes hazelnuts honey kale lamb leeks lemons lentils lettuce lobster mangoes melon milk mushrooms mussels mustard noodles nuts oats olives onions oranges oysters pancakes papaya pasta peaches peanuts pears peas peppers pineapple pizza plums pork potatoes prawns pumpkin quinoa radishes raspberries rice risotto salmon sausages seaweed sesame shrimp soup soy spinach squash steak strawberries sushi tacos tofu tomatoes tuna turkey turnips walnuts wheat yogurt".split()
JOB = "accountant actor architect astronomer baker banker barber biologist bookseller botanist bricklayer butcher carpenter chef chemist clerk coach composer cook courier curator dancer dentist designer detective diver doctor driver economist editor electrician engineer farmer firefighter fisherman florist gardener geologist glazier goldsmith guard guide hairdresser historian illustrator inspector interpreter jeweller journalist judge lawyer lecturer librarian linguist locksmith mechanic midwife miner musician nurse optician painter pharmacist photographer physicist pilot plumber poet porter potter printer professor programmer publisher reporter sailor sculptor singer soldier surgeon surveyor tailor teacher translator vet waiter watchmaker welder writer zoologist".split()
COLOUR = "amber aqua beige black blue bronze brown burgundy charcoal cherry copper coral cream crimson cyan emerald gold gray green indigo ivory khaki lavender lilac lime magenta maroon mint mustard navy ochre olive orange peach pink plum purple red rose ruby rust salmon scarlet silver tan teal turquoise violet white yellow".split()
CAR = "Alfa Audi Bentley Buick Cadillac Chevrolet Chrysler Citroen Dacia Daimler Ferrari Fiat Ford Honda Hyundai Jaguar Jeep Kia Lada Lancia Lexus Lotus Maserati Mazda Mercedes Mini Mitsubishi Morgan Nissan Opel Peugeot Porsche Renault Rover Saab Seat Skoda Subaru Suzuki Tesla Toyota Triumph Vauxhall Volkswagen Volvo".split()
INSTRUMENT = "accordion banjo bassoon bugle cello clarinet cornet drums dulcimer fiddle flute guitar harmonica harp harpsichord horn lute lyre mandolin marimba oboe organ piano piccolo recorder saxophone sitar tambourine timpani trombone trumpet tuba ukulele viola violin xylophone zither".split()
SUBJECT = "algebra anatomy archaeology architecture art astronomy biology botany chemistry computing dentistry design drama economics engineering ethics finance forestry French genetics geography geology geometry German Greek history Italian journalism Latin law linguistics literature logic marketing mathematics medicine music nursing optics painting pharmacy philosophy physics poetry politics psychology religion Russian sociology Spanish statistics surgery theology zoology".split()
HOBBY = "archery baking birdwatching boxing camping canoeing carving chess climbing crochet cycling dancing diving drawing embroidery fencing fishing gardening golf hiking hockey juggling karate kayaking knitting painting photography poetry pottery quilting reading rowing rugby running sailing sewing singing skating skiing squash surfing swimming tennis volleyball weaving woodwork wrestling yoga".split()
MONTH = "January February March April May June July August September October November December".split()
ONSET = "b br c ch d dr f fl g gr h j k kl l m n p pr qu r s sh sk st t tr v w z".split()
NUCLEUS = "a e i o u ai ea oo ou ee".split()
CODA = "l m n r s t x nd rk sh lt".split() + [""] * 6

LISTS = {"first": FIRST, "last": LAST, "place": PLACE, "word": WORD, "food": FOOD, "job": JOB, "colour": COLOUR, "car": CAR, "instrument": INSTRUMENT, "subject": SUBJECT, "hobby": HOBBY}
CLASSES = (*LISTS, "made", "madename", "full", "two", "number", "code", "date", "street", "name")


def is_test(value: str) -> bool:
    """Whether a value is kept for the test split: one in seven."""
    return zlib.crc32(value.lower().encode()) % 7 == 0


def _draw(rng: random.Random, kind: str) -> str:
    if kind in LISTS:
        return rng.choice(LISTS[kind])
    if kind in ("made", "madename"):
        word = "".join(rng.choice(ONSET) + rng.choice(NUCLEUS) for _ in range(rng.choice((1, 2, 2)))) + rng.choice(ONSET) + rng.choice(NUCLEUS) + rng.choice(CODA)
        return word.capitalize() if kind == "madename" else word
    if kind == "name":
        return _draw(rng, rng.choice(("first", "first", "madename", "word"))).capitalize()
    if kind == "full":
        return f"{rng.choice(FIRST)} {rng.choice(LAST)}"
    if kind == "two":
        return f"{rng.choice(WORD)} {rng.choice(WORD)}"
    if kind == "number":
        return str(rng.randrange(10 ** rng.choice((1, 2, 3, 3)), 10**4))
    if kind == "code":
        return f"{rng.choice('ABCDEFGHJKLMNPQRSTUVWXYZ')}{rng.randrange(10)}-{rng.randrange(10, 100)}"
    if kind == "date":
        return f"{rng.choice(MONTH)} {rng.randrange(1, 29)}"
    if kind == "street":
        return f"{rng.choice(WORD + LAST).capitalize()} {rng.choice(('Street', 'Road', 'Lane', 'Avenue'))}"
    raise ValueError(f"expected a value class of {CLASSES}, got {kind}")


def draw(rng: random.Random, kind: str, split: str) -> str:
    """A value of a class that belongs to the split ("train" or "test")."""
    while True:
        value = _draw(rng, kind)
        if is_test(value) == (split == "test"):
            return value
