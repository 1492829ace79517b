"""Kinds of facts made by rule: every owner of a list goes through every pattern of a file of wordings.

The wordings hold `{o}` for the owner ("my aunt"). They belong to the pattern, so those held out are
never seen with any owner.
"""

from __future__ import annotations

PEOPLE = (
    "my aunt,my uncle,my cousin,my sister,my brother,my niece,my nephew,my grandmother,my grandfather,my partner,"
    "my best friend,my neighbour,my flatmate,my boss,my colleague,my teacher,my coach,my daughter,my son,my landlady,"
    "my mother-in-law,my brother-in-law,my godmother,my old schoolmate,my business partner,my pen pal"
)
UNSEEN_PEOPLE = "my stepmother,my goddaughter,my trainee,my running partner"
THINGS = (
    "caravan,tent,canoe,guitar,laptop,printer,robot vacuum,bicycle,van,allotment,cactus,goldfish,parrot,tortoise,"
    "hamster,pony,blog,podcast,choir,quiz team,band,book club,holiday cottage,company,novel,board game,garden gnome,"
    "snowman,fern,telescope,motorbike,server,scooter,treehouse,chess club"
)
UNSEEN_THINGS = "kayak,canary,newsletter,goat,camper"
LOOKS = "suitcase,umbrella,rucksack,helmet,sofa,kitchen,bathroom,tent,scarf,raincoat,mug,toothbrush,car,shed,fence,kettle,bedroom,skateboard,toolbox,winter coat"
UNSEEN_LOOKS = "hat,lamp,piano"
LOCKS = (
    "garage,shed,front door,back gate,safe,suitcase,alarm,bike cellar,office door,letterbox,gym locker,phone,tablet,"
    "garden gate,storage room,car park,laundry room,swimming pool locker,cash box,tool chest,holiday flat,studio,key box,lift"
)
UNSEEN_LOCKS = "wine cellar,boathouse,server room"
PAPERS = (
    "library card,booking,invoice,parcel,insurance policy,ticket,passport application,membership,order,repair,customer account,"
    "tax return,lottery ticket,claim,contract,warranty,bus pass,loyalty card,prescription,lab sample"
)
UNSEEN_PAPERS = "ski pass,fishing permit,visa"
EVENTS = (
    "job interview,driving test,concert,team meeting,school play,eye test,haircut,moving day,house party,graduation,marathon,"
    "check-up,book launch,parents' evening,guitar lesson,swimming lesson,court hearing,car inspection,gallery opening,family dinner,"
    "product launch,vaccination,theatre night,blood test,farewell party"
)
UNSEEN_EVENTS = "pottery class,passport appointment,choir rehearsal"
HIDDEN = (
    "passport,spare key,camera,birth certificate,charger,screwdriver,first-aid kit,lease,sewing kit,torch,diary,savings,"
    "old photographs,Christmas lights,will,cheque book,medicine,map,stapler,binoculars,swimming goggles,ring,receipts,headphones"
)
UNSEEN_HIDDEN = "flute,vaccination card,hip flask"
FAVOURITES = (
    "animal:animal,bird:bird,flower:flower,tree:tree,fruit:fruit,vegetable:vegetable,sport:sport,cheese:cheese,spice:spice,"
    "dessert:dessert,drink:drink,country:country,city:town,film:title,song:title,novel:title,poem:title,ice cream:ice cream,"
    "card game:game,music style:genre,word:word,number:two digits,month:month,day of the week:weekday,singer:full name,"
    "writer:full name,painter:full name,restaurant:shop,museum:shop,soup:food,language:language,school subject:subject,"
    "podcast:title,TV series:title,street:street,footballer:full name,beach:town,shop:shop,comic:title,village:town,"
    "actor:full name,pub:shop"
)
UNSEEN_FAVOURITES = "opera:title,magazine:title,pizza topping:vegetable,perfume:made-up"
ROLES = (
    "dentist,lawyer,accountant,hairdresser,plumber,electrician,gardener,piano teacher,driving instructor,estate agent,"
    "physiotherapist,optician,tailor,personal trainer,cleaner,supervisor,thesis adviser,mentor,team captain,choir leader,"
    "babysitter,tax adviser,car mechanic,Spanish teacher,insurance agent,postman,baker,butcher,barber,therapist"
)
UNSEEN_ROLES = "chimney sweep,locksmith,yoga teacher,beekeeper"
SECRETS = (
    "email,bank account,laptop,streaming account,library account,office computer,cloud storage,photo album,game account,"
    "phone contract,online shop,tax portal,diary app,club website,safe deposit box"
)
UNSEEN_SECRETS = "forum,guest network"
WOMEN = frozenset(
    ["aunt", "niece", "grandmother", "landlady", "mother", "godmother", "stepmother", "goddaughter"]
)
MEN = frozenset(["uncle", "nephew", "grandfather", "brother"])

# what nobody would say
NONSENSE = frozenset({"partner: spouse", "daughter: employer", "son: employer"})

HAND = ("self", "home", "work", "likes", "habits")
UNSEEN_HAND = ("unseen",)
"""Files of kinds that have wordings of their own."""

# owners and the file of wordings that each of them goes through
TRAIN_TABLES = (
    (PEOPLE, "people"),
    (THINGS, "thing_names"),
    (LOOKS, "thing_colours"),
    (LOCKS, "lock_codes"),
    (PAPERS, "papers"),
    (EVENTS, "events"),
    (HIDDEN, "hiding_places"),
    (FAVOURITES, "favourites"),
    (ROLES, "services"),
    (SECRETS, "passwords"),
)
UNSEEN_TABLES = (
    (UNSEEN_PEOPLE, "unseen_people"),
    (UNSEEN_THINGS, "thing_names"),
    (UNSEEN_LOOKS, "thing_colours"),
    (UNSEEN_LOCKS, "lock_codes"),
    (UNSEEN_PAPERS, "papers"),
    (UNSEEN_EVENTS, "events"),
    (UNSEEN_HIDDEN, "hiding_places"),
    (UNSEEN_FAVOURITES, "favourites"),
    (UNSEEN_ROLES, "services"),
    (UNSEEN_SECRETS, "passwords"),
)
