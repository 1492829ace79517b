"""Kinds of facts made by rule: owner x attribute, one pattern of wordings an attribute.

Each row: attribute | family | class of values | topic | tells | asks,
with `{o}` the owner ("my aunt"). Wordings belong to the pattern, so the held-out ones are never seen
with any owner.
"""

from __future__ import annotations

PEOPLE = (
    "my aunt,my uncle,my cousin,my sister,my brother,my niece,my nephew,my grandmother,my grandfather,my partner,"
    "my best friend,my neighbour,my flatmate,my boss,my colleague,my teacher,my coach,my daughter,my son,my landlady,"
    "my mother-in-law,my brother-in-law,my godmother,my old schoolmate,my business partner,my pen pal"
)
UNSEEN_PEOPLE = "my stepmother,my goddaughter,my trainee,my running partner"

PERSON = """
name | names | first | {o}'s name | {o} is called {v}. ; {v} is what everyone calls {o}. ; the name of {o} is {v}. ; {o} goes by the name of {v}. ; {o} signs letters as {v}. | what is {o} called? ; what's the name of {o}? ; by what name does {o} go? ; which name does {o} have?
town | towns | town | the town where {o} lives | {o} lives in {v}. ; {o} has a flat in {v}. ; {v} is where {o} lives. ; {o} moved to {v}. ; you can visit {o} in {v}. ; {o} calls {v} home. | where does {o} live? ; what town does {o} live in? ; where can you visit {o}? ; which place does {o} call home?
job | jobs | job | ={o}'s job | {o} works as {a} {v}. ; {o} is {a} {v}. ; {o} earns a living as {a} {v}. ; {o} got a job as {a} {v}. ; {o} is {a} {v} by trade. ; in working life {o} is {a} {v}. | what does {o} do for a living? ; what does {o} work as? ; what is {o}'s trade? ; how does {o} earn money?
employer | jobs | company | {o}'s employer | {o} works for {v}. ; {o} has a job at {v}. ; the company where {o} works is {v}. ; {o} gets a salary from {v}. ; {v} employs {o}. | who does {o} work for? ; which company does {o} work for? ; who pays {o}? ; who employs {o}?
car | cars | car | ={o}'s car | {o} drives {a} {v}. ; {o}'s car is {a} {v}. ; {o} bought {a} {v}. ; {a} {v} is what {o} drives. ; you see {o} on the road in {a} {v}. ; {a} {v} belongs to {o}. | what car does {o} drive? ; what kind of car does {o} have? ; which car did {o} buy? ; in what car do you see {o}?
birthday | birthdays | date | {o}'s birthday | {o}'s birthday is on {v}. ; {o} was born on {v}. ; {o} celebrates a birthday on {v}. ; {o} turns a year older on {v}. ; there is cake for {o} on {v}. | when is {o}'s birthday? ; on which day was {o} born? ; when does {o} turn a year older? ; which day is the birthday of {o}?
age | ages | age | {o}'s age | {o} is {v} years old. ; {o} has just turned {v}. ; the age of {o} is {v}. ; {o} has lived for {v} years. ; there are {v} candles on the cake of {o}. | how old is {o}? ; what age is {o}? ; how many years has {o} lived? ; which age has {o} reached?
favourite food | foods | food | {o}'s favourite food | {o} loves {v} more than any other dish. ; {o} could eat {v} every day. ; the dish {o} likes best is {v}. ; cook {v} and {o} is happy. ; nothing tastes better to {o} than {v}. | which dish does {o} like best? ; what could {o} eat every day? ; what tastes best to {o}? ; what should I cook for {o}?
favourite colour | colours | colour | {o}'s favourite colour | {o} likes {v} best of all colours. ; {o} loves the colour {v}. ; the colour {o} likes best is {v}. ; {o} always wears something {v}. ; {o} would paint everything {v}. | which colour does {o} like best? ; what colour does {o} love? ; how would {o} paint everything? ; which colour does {o} always wear?
hobby | hobbies | hobby | {o}'s hobby | {o} is really into {v}. ; {o} spends every weekend on {v}. ; {o} has taken up {v}. ; the evenings of {o} go into {v}. ; {o} talks of nothing but {v}. | what is {o} really into? ; what does {o} spend every weekend on? ; what does {o} do in the evenings? ; what has {o} taken up?
instrument | hobbies | instrument | {o}'s instrument | {o} plays the {v}. ; {o} is learning the {v}. ; the instrument that {o} plays is the {v}. ; you hear {o} practise the {v}. ; {o} owns a beautiful {v}. | which instrument does {o} play? ; what is {o} learning to play? ; what do you hear {o} practise? ; which instrument does {o} own?
allergy | health | allergen | {o}'s allergy | {o} is allergic to {v}. ; {o} can't have {v}. ; {o} reacts badly to {v}. ; keep {v} away from {o}. ; {v} would make {o} ill. | what is {o} allergic to? ; what can't {o} have? ; what would make {o} ill? ; what should I keep away from {o}?
phone | numbers | pin | {o}'s phone extension | {o}'s extension is {v}. ; you reach {o} on extension {v}. ; {o} can be called on {v}. ; dial {v} for {o}. ; {o} picks up the phone at {v}. | which extension reaches {o}? ; what is the extension of {o}? ; what do I dial for {o}? ; at which extension does {o} pick up?
shoe size | numbers | shoe size | {o}'s shoe size | {o} wears shoes in size {v}. ; {o} takes a size {v} in shoes. ; the feet of {o} are size {v}. ; shoes fit {o} in {v}. ; for {o} buy shoes in {v}. | what size of shoes does {o} wear? ; what size are the feet of {o}? ; in which size do shoes fit {o}? ; which size do I buy for {o}?
dog | pets | pet | the name of {o}'s dog | {o}'s dog is called {v}. ; {o} has a dog named {v}. ; {v} is {o}'s dog. ; {o} walks a dog that answers to {v}. ; {o} gave the dog the name {v}. | what is {o}'s dog called? ; what did {o} name the dog? ; which name does {o}'s dog have? ; to what does {o}'s dog answer?
cat | pets | pet | the name of {o}'s cat | {o}'s cat is called {v}. ; {o} has a cat named {v}. ; {v} is {o}'s cat. ; the cat on {o}'s sofa is {v}. ; {o} gave the cat the name {v}. | what is {o}'s cat called? ; what did {o} name the cat? ; which name does {o}'s cat have? ; who is the cat on {o}'s sofa?
street | towns | address | {o}'s address | {o} lives at {v}. ; {o}'s house is at {v}. ; the address of {o} is {v}. ; letters to {o} go to {v}. ; you find {o} at {v}. | at which address does {o} live? ; what is the address of {o}? ; where do letters to {o} go? ; at which address do you find {o}?
band | music | band | {o}'s favourite band | {o} listens to {v} all the time. ; {o} is a fan of {v}. ; the band {o} likes best is {v}. ; {o} would queue all night for {v}. ; {o} has every record of {v}. | which band does {o} like best? ; who does {o} listen to all the time? ; for which band would {o} queue all night? ; whose records does {o} have?
language | studies | language | the language that {o} is learning | {o} is learning {v}. ; {o} takes lessons in {v}. ; the language {o} studies is {v}. ; {o} practises {v} every day. ; {o} bought a textbook of {v}. | which language is {o} learning? ; what does {o} take lessons in? ; which language does {o} practise? ; of which language is {o}'s textbook?
study | studies | subject | {o}'s subject at university | {o} studied {v}. ; {o} has a degree in {v}. ; at university {o} did {v}. ; the diploma of {o} is in {v}. ; {o} spent the student years on {v}. | what did {o} study? ; what is {o}'s degree in? ; in which subject is {o}'s diploma? ; on what did {o} spend the student years?
spouse | names | first | the name of the person {o} is married to | {o} is married to {v}. ; {o} got married to {v}. ; {v} is married to {o}. ; {o} shares life with {v}. ; {v} and {o} are a couple. | who is {o} married to? ; whom did {o} marry? ; with whom does {o} share life? ; who makes a couple with {o}?
gift | presents | phrase | =the present for {o} | I'm giving {o} {a} {v}. ; {o} gets {a} {v} from me. ; the present I have for {o} is {a} {v}. ; {a} {v} is what {o} gets from me. ; wrapped up for {o} is {a} {v}. ; {o} will unwrap {a} {v}. | what am I giving {o}? ; which present do I have for {o}? ; what is wrapped up for {o}? ; what will {o} unwrap?
drink | foods | drink | {o}'s usual drink | {o} always orders {v}. ; {o} drinks {v} every day. ; what {o} drinks most is {v}. ; pour {o} some {v}. ; there is always {v} in {o}'s cup. | what does {o} always order? ; what does {o} drink every day? ; what do I pour for {o}? ; what is always in {o}'s cup?
team | sports | team | {o}'s team | {o} supports {v}. ; {o} is a fan of the team {v}. ; the team {o} supports is {v}. ; {o} cheers for {v}. ; the scarf of {o} says {v}. | which team does {o} support? ; what team is {o} a fan of? ; for whom does {o} cheer? ; what does the scarf of {o} say?
sport | sports | sport | {o}'s sport | {o} does a lot of {v}. ; the sport {o} likes best is {v}. ; {o} is very good at {v}. ; {o} won a medal in {v}. ; {o} trains hard for {v}. | which sport does {o} like best? ; what sport is {o} very good at? ; in which sport did {o} win a medal? ; what does {o} train hard for?
room | numbers | three digits | {o}'s room number | {o} has room {v}. ; {o} is in room {v}. ; the room of {o} is number {v}. ; knock at room {v} for {o}. ; the door of {o} says {v}. | which room is {o} in? ; what room does {o} have? ; at which room do I knock for {o}? ; what does the door of {o} say?
holiday | travel | country | {o}'s holiday destination | {o} is going on holiday to {v}. ; {o} spends the holidays in {v}. ; {o} is off to {v} this year. ; {o} has packed the suitcase for {v}. ; a postcard from {o} will come from {v}. | where is {o} going on holiday? ; in which country does {o} spend the holidays? ; for which country has {o} packed? ; where will {o}'s postcard come from?
arrival | dates | date | the day {o} comes to visit | {o} comes to visit on {v}. ; {o} arrives on {v}. ; I pick up {o} on {v}. ; {o} will be at my door on {v}. ; I expect {o} on {v}. | when does {o} come to visit? ; on which day does {o} arrive? ; when will {o} be at my door? ; which day do I expect {o}?
"""
UNSEEN_PERSON = """
nickname | odd | pet | {o}'s nickname | everybody calls {o} {v}. ; {o}'s nickname is {v}. ; friends of {o} say {v}. ; {o} answers to the nickname {v}. | what does everybody call {o}? ; what nickname does {o} have? ; to which nickname does {o} answer? ; what do friends of {o} say?
birth country | odd | country | the country where {o} was born | {o} was born in {v}. ; {o} comes from {v}. ; the passport of {o} is from {v}. ; {v} is where {o} was born. | in which country was {o} born? ; where does {o} come from? ; which passport does {o} have? ; where was {o} born?
debt | odd | two digits | the sum {o} owes me | {o} owes me {v} euros. ; I lent {o} {v} euros. ; {o} still has to pay me {v} euros. ; the debt of {o} is {v} euros. | how much does {o} owe me? ; how many euros did I lend to {o}? ; what does {o} still have to pay me? ; how big is the debt of {o}?
"""

THINGS = (
    "caravan,tent,canoe,guitar,laptop,printer,robot vacuum,bicycle,van,allotment,cactus,goldfish,parrot,tortoise,"
    "hamster,pony,blog,podcast,choir,quiz team,band,book club,holiday cottage,company,novel,board game,garden gnome,"
    "snowman,fern,telescope,motorbike,server,scooter,treehouse,chess club"
)
UNSEEN_THINGS = "kayak,canary,newsletter,goat,camper"
NAMED = """
thing name | thing names | thing name | the name of our {o} | our {o} is called {v}. ; our {o} goes by the name {v}. ; we named our {o} {v}. ; {v} is the name we gave our {o}. ; the {o} we own is known as {v}. ; we christened our {o} {v}. | what is our {o} called? ; what did we name our {o}? ; how did we christen our {o}? ; which name does our {o} have?
"""

LOOKS = "suitcase,umbrella,rucksack,helmet,sofa,kitchen,bathroom,tent,scarf,raincoat,mug,toothbrush,car,shed,fence,kettle,bedroom,skateboard,toolbox,winter coat"
UNSEEN_LOOKS = "hat,lamp,piano"
COLOURED = """
colour | thing colours | colour | the colour of my {o} | my {o} is {v}. ; I have {a} {v} {o}. ; I chose {v} for my {o}. ; the colour of my {o} is {v}. ; my {o} comes in {v}. ; you know my {o} by its colour, {v}. | what colour is my {o}? ; which colour did I choose for my {o}? ; in which colour does my {o} come? ; by which colour do you know my {o}?
"""

LOCKS = (
    "garage,shed,front door,back gate,safe,suitcase,alarm,bike cellar,office door,letterbox,gym locker,phone,tablet,"
    "garden gate,storage room,car park,laundry room,swimming pool locker,cash box,tool chest,holiday flat,studio,key box,lift"
)
UNSEEN_LOCKS = "wine cellar,boathouse,server room"
CODED = """
code | codes | pin | the code of the {o} | the {o} opens with {v}. ; the code for the {o} is {v}. ; type {v} to open the {o}. ; we changed the code of the {o} to {v}. ; {v} gets you into the {o}. ; the digits for the {o} are {v}. | what opens the {o}? ; what is the code for the {o}? ; which code did we choose for the {o}? ; what gets you into the {o}? ; which digits are for the {o}?
"""

PAPERS = (
    "library card,booking,invoice,parcel,insurance policy,ticket,passport application,membership,order,repair,customer account,"
    "tax return,lottery ticket,claim,contract,warranty,bus pass,loyalty card,prescription,lab sample"
)
UNSEEN_PAPERS = "ski pass,fishing permit,visa"
NUMBERED = """
number | paper numbers | code | the number of my {o} | my {o} has the number {v}. ; on my {o} it says {v}. ; the reference of my {o} is {v}. ; my {o} is filed under {v}. ; quote {v} for my {o}. ; my {o} can be found as {v}. | what number does my {o} have? ; what is the reference of my {o}? ; what do I quote for my {o}? ; as what can my {o} be found?
"""

EVENTS = (
    "job interview,driving test,concert,team meeting,school play,eye test,haircut,moving day,house party,graduation,marathon,"
    "check-up,book launch,parents' evening,guitar lesson,swimming lesson,court hearing,car inspection,gallery opening,family dinner,"
    "product launch,vaccination,theatre night,blood test,farewell party"
)
UNSEEN_EVENTS = "pottery class,passport appointment,choir rehearsal"
DATED = """
date | event dates | date | the date of my {o} | my {o} is on {v}. ; my {o} takes place on {v}. ; they put my {o} on {v}. ; {v} is the day of my {o}. ; my calendar says {o} on {v}. ; I go to my {o} on {v}. | when is my {o}? ; on which day is my {o}? ; for which day is my {o} in the calendar? ; on which date do I go to my {o}?
time | event times | time | the time of my {o} | my {o} starts at {v}. ; my {o} begins at {v}. ; I have to be at my {o} at {v}. ; at {v} my {o} gets going. ; be ready for my {o} at {v}. | at what time does my {o} start? ; when do I have to be at my {o}? ; at which hour does my {o} get going? ; what time should I be ready for my {o}?
place | event places | town | the place of my {o} | my {o} is in {v}. ; my {o} takes place in {v}. ; I go to {v} for my {o}. ; for my {o} I travel to {v}. ; {v} is where they hold my {o}. ; my {o} brings me to {v}. | where is my {o}? ; where do I go for my {o}? ; where do they hold my {o}? ; to which town does my {o} bring me?
"""

HIDDEN = (
    "passport,spare key,camera,birth certificate,charger,screwdriver,first-aid kit,lease,sewing kit,torch,diary,savings,"
    "old photographs,Christmas lights,will,cheque book,medicine,map,stapler,binoculars,swimming goggles,ring,receipts,headphones"
)
UNSEEN_HIDDEN = "flute,vaccination card,hip flask"
PLACED = """
place | places | place | =the hiding place of my {o} | I keep my {o} in the {v}. ; I put my {o} in the {v}. ; you find my {o} in the {v}. ; for my {o}, look in the {v}. ; I stored my {o} in the {v}. ; the {v} holds my {o}. | where do I keep my {o}? ; where did I put my {o}? ; where did I store my {o}? ; what holds my {o}?
"""

FAVOURITES = (
    "animal:animal,bird:bird,flower:flower,tree:tree,fruit:fruit,vegetable:vegetable,sport:sport,cheese:cheese,spice:spice,"
    "dessert:dessert,drink:drink,country:country,city:town,film:title,song:title,novel:title,poem:title,ice cream:ice cream,"
    "card game:game,music style:genre,word:word,number:two digits,month:month,day of the week:weekday,singer:full name,"
    "writer:full name,painter:full name,restaurant:shop,museum:shop,soup:food,language:language,school subject:subject,"
    "podcast:title,TV series:title,street:street,footballer:full name,beach:town,shop:shop,comic:title,village:town,"
    "actor:full name,pub:shop"
)
UNSEEN_FAVOURITES = "opera:title,magazine:title,pizza topping:vegetable,perfume:made-up"
FAVOURED = """
favourite | favourites | * | my favourite {o} | my favourite {o} has always been {v}. ; if I had to choose one {o}, it would be {v}. ; of every {o} I know, the best is {v}. ; my number one {o} is {v}. ; the top {o} for me is {v}. | which {o} do I like best? ; what {o} would I choose? ; what is my number one {o}? ; which {o} is the top one for me?
"""

ROLES = (
    "dentist,lawyer,accountant,hairdresser,plumber,electrician,gardener,piano teacher,driving instructor,estate agent,"
    "physiotherapist,optician,tailor,personal trainer,cleaner,supervisor,thesis adviser,mentor,team captain,choir leader,"
    "babysitter,tax adviser,car mechanic,Spanish teacher,insurance agent,postman,baker,butcher,barber,therapist"
)
UNSEEN_ROLES = "chimney sweep,locksmith,yoga teacher,beekeeper"
SERVED = """
name | services | full name | my {o}'s name | my {o} is called {v}. ; the {o} I go to is {v}. ; I found a good {o}, {v}. ; {v} is my {o}. ; my {o} signs as {v}. ; the {o} I trust is {v}. | who is my {o}? ; what is my {o} called? ; which {o} do I trust? ; how does my {o} sign?
"""

SECRETS = (
    "email,bank account,laptop,streaming account,library account,office computer,cloud storage,photo album,game account,"
    "phone contract,online shop,tax portal,diary app,club website,safe deposit box"
)
UNSEEN_SECRETS = "forum,guest network"
WORDED = """
password word | passwords | phrase | the passphrase of my {o} | the passphrase for my {o} is {v}. ; I protect my {o} with the words {v}. ; to get into my {o} you type {v}. ; my {o} wants to hear {v}. ; {v} unlocks my {o}. | what is the passphrase for my {o}? ; with which words do I protect my {o}? ; what unlocks my {o}? ; what does my {o} want to hear?
hint | passwords | word | the hint for my {o} password | my {o} password hint is {v}. ; for my {o} password I think of {v}. ; the hint for my {o} password is the word {v}. ; {v} brings my {o} password back to me. ; my {o} password has to do with {v}. | what is the hint for my {o} password? ; what do I think of for my {o} password? ; what brings my {o} password back? ; what has my {o} password to do with?
"""

WOMEN = frozenset(
    ["aunt", "niece", "grandmother", "landlady", "mother", "godmother", "stepmother", "goddaughter"]
)
MEN = frozenset(["uncle", "nephew", "grandfather", "brother"])

# what nobody would say
NONSENSE = frozenset({"partner: spouse", "daughter: employer", "son: employer"})

# owners and the rows that each of them goes through
TRAIN_TABLES = (
    (PEOPLE, PERSON),
    (THINGS, NAMED),
    (LOOKS, COLOURED),
    (LOCKS, CODED),
    (PAPERS, NUMBERED),
    (EVENTS, DATED),
    (HIDDEN, PLACED),
    (FAVOURITES, FAVOURED),
    (ROLES, SERVED),
    (SECRETS, WORDED),
)
UNSEEN_TABLES = (
    (UNSEEN_PEOPLE, UNSEEN_PERSON),
    (UNSEEN_THINGS, NAMED),
    (UNSEEN_LOOKS, COLOURED),
    (UNSEEN_LOCKS, CODED),
    (UNSEEN_PAPERS, NUMBERED),
    (UNSEEN_EVENTS, DATED),
    (UNSEEN_HIDDEN, PLACED),
    (UNSEEN_FAVOURITES, FAVOURED),
    (UNSEEN_ROLES, SERVED),
    (UNSEEN_SECRETS, WORDED),
)
