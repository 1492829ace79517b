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
name | names | first | {o}'s name | {o} is called {v}. ; {v} is what everyone calls {o}. ; the name of {o} is {v}. ; {o} goes by the name of {v}. ; {o} signs letters as {v}. ; {o}'s name is {v}. ; they named {o} {v}. ; I call {o} {v}. ; the first name of {o} is {v}. | what is {o} called? ; what's the name of {o}? ; by what name does {o} go? ; which name does {o} have? ; who is {o}? ; what do I call {o}? ; what's {o}'s name? ; how is {o} called?
town | towns | town | the town where {o} lives | {o} lives in {v}. ; {o} has a flat in {v}. ; {v} is where {o} lives. ; {o} moved to {v}. ; you can visit {o} in {v}. ; {o} calls {v} home. ; {o} has been living in {v}. ; the home of {o} is in {v}. ; {o} is based in {v}. ; {o} settled down in {v}. | where does {o} live? ; what town does {o} live in? ; where can you visit {o}? ; which place does {o} call home? ; where is {o} based? ; where did {o} settle down? ; which town is {o}'s home? ; where did {o} move to?
job | jobs | job | ={o}'s job | {o} works as {a} {v}. ; {o} is {a} {v}. ; {o} earns a living as {a} {v}. ; {o} got a job as {a} {v}. ; {o} is {a} {v} by trade. ; in working life {o} is {a} {v}. ; {o}'s job is {v}. ; {o}'s occupation is {v}. ; {o} makes money as {a} {v}. ; {o} was hired as {a} {v}. | what does {o} do for a living? ; what does {o} work as? ; what is {o}'s trade? ; how does {o} earn money? ; what's {o}'s job? ; what is {o}'s profession? ; what was {o} hired as? ; what does {o} do for work?
employer | jobs | company | {o}'s employer | {o} works for {v}. ; {o} has a job at {v}. ; the company where {o} works is {v}. ; {o} gets a salary from {v}. ; {v} employs {o}. ; {o} is employed at {v}. ; {o}'s employer is {v}. ; {o} started working at {v}. ; they hired {o} at {v}. | who does {o} work for? ; which company does {o} work for? ; who pays {o}? ; who employs {o}? ; where does {o} work? ; who is {o}'s employer? ; where did they hire {o}? ; what firm employs {o}?
car | cars | car | ={o}'s car | {o} drives {a} {v}. ; {o}'s car is {a} {v}. ; {o} bought {a} {v}. ; {a} {v} is what {o} drives. ; you see {o} on the road in {a} {v}. ; {a} {v} belongs to {o}. ; {o} owns {a} {v}. ; {o} has {a} {v}. ; the car of {o} is {a} {v}. ; {o} got a new car, {a} {v}. | what car does {o} drive? ; what kind of car does {o} have? ; which car did {o} buy? ; in what car do you see {o}? ; what's {o}'s car? ; what car does {o} own? ; what does {o} drive? ; which car belongs to {o}?
birthday | birthdays | date | {o}'s birthday | {o}'s birthday is on {v}. ; {o} was born on {v}. ; {o} celebrates a birthday on {v}. ; {o} turns a year older on {v}. ; there is cake for {o} on {v}. ; the birthday of {o} is {v}. ; {o} has a birthday on {v}. ; {o} was born on the date {v}. ; we congratulate {o} on {v}. | when is {o}'s birthday? ; on which day was {o} born? ; when does {o} turn a year older? ; which day is the birthday of {o}? ; when's {o}'s birthday? ; when was {o} born? ; what's the date of {o}'s birthday? ; when do we congratulate {o}?
age | ages | age | {o}'s age | {o} is {v} years old. ; {o} has just turned {v}. ; the age of {o} is {v}. ; {o} has lived for {v} years. ; there are {v} candles on the cake of {o}. ; {o} is {v}. ; {o} turned {v} this year. ; {o}'s age is {v}. ; {o} is now {v} years of age. | how old is {o}? ; what age is {o}? ; how many years has {o} lived? ; which age has {o} reached? ; what's {o}'s age? ; what is the age of {o}? ; how old did {o} turn? ; how many years old is {o}?
favourite food | foods | food | {o}'s favourite food | {o} loves {v} more than any other dish. ; {o} could eat {v} every day. ; the dish {o} likes best is {v}. ; cook {v} and {o} is happy. ; nothing tastes better to {o} than {v}. ; {o}'s favourite food is {v}. ; {o}'s favourite dish is {v}. ; {o} loves to eat {v}. ; what {o} likes to eat most is {v}. | which dish does {o} like best? ; what could {o} eat every day? ; what tastes best to {o}? ; what should I cook for {o}? ; what's {o}'s favourite food? ; what does {o} love to eat? ; which food does {o} like most? ; what's the favourite dish of {o}?
favourite colour | colours | colour | {o}'s favourite colour | {o} likes {v} best of all colours. ; {o} loves the colour {v}. ; the colour {o} likes best is {v}. ; {o} always wears something {v}. ; {o} would paint everything {v}. ; {o}'s favourite colour is {v}. ; {o} prefers {v} to other colours. ; the favourite colour of {o} is {v}. ; {o} is fond of the colour {v}. | which colour does {o} like best? ; what colour does {o} love? ; how would {o} paint everything? ; which colour does {o} always wear? ; what's {o}'s favourite colour? ; which colour does {o} prefer? ; what colour does {o} like most? ; which colour is {o} fond of?
hobby | hobbies | hobby | {o}'s hobby | {o} is really into {v}. ; {o} spends every weekend on {v}. ; {o} has taken up {v}. ; the evenings of {o} go into {v}. ; {o} talks of nothing but {v}. ; {o}'s hobby is {v}. ; {o} enjoys {v}. ; {o} loves {v} as a pastime. ; for fun {o} does {v}. | what is {o} really into? ; what does {o} spend every weekend on? ; what does {o} do in the evenings? ; what has {o} taken up? ; what's {o}'s hobby? ; what does {o} enjoy? ; what does {o} do for fun? ; which hobby does {o} have?
instrument | hobbies | instrument | {o}'s instrument | {o} plays the {v}. ; {o} is learning the {v}. ; the instrument that {o} plays is the {v}. ; you hear {o} practise the {v}. ; {o} owns a beautiful {v}. ; {o}'s instrument is the {v}. ; {o} took up the {v}. ; {o} takes lessons on the {v}. ; {o} has played the {v} for years. | which instrument does {o} play? ; what is {o} learning to play? ; what do you hear {o} practise? ; which instrument does {o} own? ; what's {o}'s instrument? ; what does {o} play? ; which instrument did {o} take up? ; on which instrument does {o} take lessons?
allergy | health | allergen | {o}'s allergy | {o} is allergic to {v}. ; {o} can't have {v}. ; {o} reacts badly to {v}. ; keep {v} away from {o}. ; {v} would make {o} ill. ; {o} has an allergy to {v}. ; {o}'s allergy is to {v}. ; {o} must avoid {v}. ; {o} gets ill from {v}. | what is {o} allergic to? ; what can't {o} have? ; what would make {o} ill? ; what should I keep away from {o}? ; what's {o}'s allergy? ; what must {o} avoid? ; what does {o} react badly to? ; what does {o} get ill from?
phone | numbers | pin | {o}'s phone extension | {o}'s extension is {v}. ; you reach {o} on extension {v}. ; {o} can be called on {v}. ; dial {v} for {o}. ; {o} picks up the phone at {v}. ; {o}'s phone extension is {v}. ; the extension of {o} is {v}. ; call {o} on {v}. ; the number for {o} is {v}. | which extension reaches {o}? ; what is the extension of {o}? ; what do I dial for {o}? ; at which extension does {o} pick up? ; what's {o}'s extension? ; how do I call {o}? ; what's the number for {o}? ; which number reaches {o}?
shoe size | numbers | shoe size | {o}'s shoe size | {o} wears shoes in size {v}. ; {o} takes a size {v} in shoes. ; the feet of {o} are size {v}. ; shoes fit {o} in {v}. ; for {o} buy shoes in {v}. ; {o}'s shoe size is {v}. ; {o} needs size {v} in shoes. ; the shoe size of {o} is {v}. ; {o} buys shoes in size {v}. | what size of shoes does {o} wear? ; what size are the feet of {o}? ; in which size do shoes fit {o}? ; which size do I buy for {o}? ; what's {o}'s shoe size? ; which shoe size does {o} have? ; what size does {o} need in shoes? ; in what size does {o} buy shoes?
dog | pets | pet | the name of {o}'s dog | {o}'s dog is called {v}. ; {o} has a dog named {v}. ; {v} is {o}'s dog. ; {o} walks a dog that answers to {v}. ; {o} gave the dog the name {v}. ; the name of {o}'s dog is {v}. ; {o} got a puppy called {v}. ; {o} named the dog {v}. ; {o} owns a dog, {v}. | what is {o}'s dog called? ; what did {o} name the dog? ; which name does {o}'s dog have? ; to what does {o}'s dog answer? ; what's the name of {o}'s dog? ; how is {o}'s dog called? ; what name did {o} give the dog? ; what is the dog of {o} called?
cat | pets | pet | the name of {o}'s cat | {o}'s cat is called {v}. ; {o} has a cat named {v}. ; {v} is {o}'s cat. ; the cat on {o}'s sofa is {v}. ; {o} gave the cat the name {v}. ; the name of {o}'s cat is {v}. ; {o} got a kitten called {v}. ; {o} named the cat {v}. ; {o} owns a cat, {v}. | what is {o}'s cat called? ; what did {o} name the cat? ; which name does {o}'s cat have? ; who is the cat on {o}'s sofa? ; what's the name of {o}'s cat? ; how is {o}'s cat called? ; what name did {o} give the cat? ; what is the cat of {o} called?
street | towns | address | {o}'s address | {o} lives at {v}. ; {o}'s house is at {v}. ; the address of {o} is {v}. ; letters to {o} go to {v}. ; you find {o} at {v}. ; {o}'s address is {v}. ; {o} moved to {v}. ; the home of {o} is at {v}. ; I send letters for {o} to {v}. | at which address does {o} live? ; what is the address of {o}? ; where do letters to {o} go? ; at which address do you find {o}? ; what's {o}'s address? ; where exactly does {o} live? ; what address did {o} move to? ; where do I send letters for {o}?
band | music | band | {o}'s favourite band | {o} listens to {v} all the time. ; {o} is a fan of {v}. ; the band {o} likes best is {v}. ; {o} would queue all night for {v}. ; {o} has every record of {v}. ; {o}'s favourite band is {v}. ; {o} loves the band {v}. ; {o} has all the albums of {v}. ; the favourite band of {o} is {v}. | which band does {o} like best? ; who does {o} listen to all the time? ; for which band would {o} queue all night? ; whose records does {o} have? ; what's {o}'s favourite band? ; which band does {o} love? ; whose albums does {o} have? ; what band is {o} a fan of?
language | studies | language | the language that {o} is learning | {o} is learning {v}. ; {o} takes lessons in {v}. ; the language {o} studies is {v}. ; {o} practises {v} every day. ; {o} bought a textbook of {v}. ; {o} started to learn {v}. ; the language {o} is learning is {v}. ; {o} is taking a course in {v}. ; {o} wants to speak {v}. | which language is {o} learning? ; what does {o} take lessons in? ; which language does {o} practise? ; of which language is {o}'s textbook? ; what language is {o} learning? ; which language did {o} start to learn? ; what is {o} taking a course in? ; what language does {o} want to speak?
study | studies | subject | {o}'s subject at university | {o} studied {v}. ; {o} has a degree in {v}. ; at university {o} did {v}. ; the diploma of {o} is in {v}. ; {o} spent the student years on {v}. ; {o} graduated in {v}. ; {o}'s degree is in {v}. ; {o} majored in {v}. ; {o}'s subject at university was {v}. | what did {o} study? ; what is {o}'s degree in? ; in which subject is {o}'s diploma? ; on what did {o} spend the student years? ; what did {o} graduate in? ; which subject did {o} study? ; what did {o} major in? ; what was {o}'s subject at university?
spouse | names | first | the name of the person {o} is married to | {o} is married to {v}. ; {o} got married to {v}. ; {v} is married to {o}. ; {o} shares life with {v}. ; {v} and {o} are a couple. ; {o}'s spouse is {v}. ; {o}'s better half is {v}. ; the person {o} married is {v}. ; {o} said yes to {v}. | who is {o} married to? ; whom did {o} marry? ; with whom does {o} share life? ; who makes a couple with {o}? ; who is {o}'s spouse? ; what's the name of {o}'s spouse? ; who is {o}'s better half? ; who did {o} marry?
gift | presents | phrase | =the present for {o} | I'm giving {o} {a} {v}. ; {o} gets {a} {v} from me. ; the present I have for {o} is {a} {v}. ; {a} {v} is what {o} gets from me. ; wrapped up for {o} is {a} {v}. ; {o} will unwrap {a} {v}. ; my present for {o} is {a} {v}. ; I bought {a} {v} for {o}. ; I got {o} {a} {v} as a present. ; I will surprise {o} with {a} {v}. | what am I giving {o}? ; which present do I have for {o}? ; what is wrapped up for {o}? ; what will {o} unwrap? ; what did I buy for {o}? ; what's my present for {o}? ; what did I get {o} as a present? ; with what will I surprise {o}?
drink | foods | drink | {o}'s usual drink | {o} always orders {v}. ; {o} drinks {v} every day. ; what {o} drinks most is {v}. ; pour {o} some {v}. ; there is always {v} in {o}'s cup. ; {o}'s usual drink is {v}. ; {o} likes to drink {v}. ; {o}'s drink of choice is {v}. ; {o} asks for {v} in every bar. | what does {o} always order? ; what does {o} drink every day? ; what do I pour for {o}? ; what is always in {o}'s cup? ; what's {o}'s usual drink? ; what does {o} like to drink? ; what's {o}'s drink of choice? ; what does {o} drink most?
team | sports | team | {o}'s team | {o} supports {v}. ; {o} is a fan of the team {v}. ; the team {o} supports is {v}. ; {o} cheers for {v}. ; the scarf of {o} says {v}. ; {o}'s team is {v}. ; {o} follows {v}. ; {o} roots for {v}. ; the club {o} loves is {v}. | which team does {o} support? ; what team is {o} a fan of? ; for whom does {o} cheer? ; what does the scarf of {o} say? ; what's {o}'s team? ; who does {o} root for? ; which club does {o} love? ; which team does {o} follow?
sport | sports | sport | {o}'s sport | {o} does a lot of {v}. ; the sport {o} likes best is {v}. ; {o} is very good at {v}. ; {o} won a medal in {v}. ; {o} trains hard for {v}. ; {o}'s sport is {v}. ; {o} plays a lot of sport, mostly {v}. ; {o}'s favourite sport is {v}. ; {o} is keen on {v}. | which sport does {o} like best? ; what sport is {o} very good at? ; in which sport did {o} win a medal? ; what does {o} train hard for? ; what's {o}'s sport? ; which sport does {o} do? ; what's {o}'s favourite sport? ; what sport is {o} keen on?
room | numbers | three digits | {o}'s room number | {o} has room {v}. ; {o} is in room {v}. ; the room of {o} is number {v}. ; knock at room {v} for {o}. ; the door of {o} says {v}. ; {o}'s room number is {v}. ; {o} is staying in room {v}. ; they gave {o} room {v}. ; {o}'s room is {v}. | which room is {o} in? ; what room does {o} have? ; at which room do I knock for {o}? ; what does the door of {o} say? ; what's {o}'s room number? ; which room does {o} have? ; which room did they give {o}? ; what's the number of {o}'s room?
holiday | travel | country | {o}'s holiday destination | {o} is going on holiday to {v}. ; {o} spends the holidays in {v}. ; {o} is off to {v} this year. ; {o} has packed the suitcase for {v}. ; a postcard from {o} will come from {v}. ; {o} will travel to {v}. ; {o} booked a holiday in {v}. ; {o}'s next holiday is in {v}. ; {o} flies to {v} on holiday. | where is {o} going on holiday? ; in which country does {o} spend the holidays? ; for which country has {o} packed? ; where will {o}'s postcard come from? ; where will {o} travel to? ; where did {o} book a holiday? ; where is {o}'s next holiday? ; to which country does {o} fly on holiday?
arrival | dates | date | the day {o} comes to visit | {o} comes to visit on {v}. ; {o} arrives on {v}. ; I pick up {o} on {v}. ; {o} will be at my door on {v}. ; I expect {o} on {v}. ; {o} is visiting me on {v}. ; {o} will come on {v}. ; the visit of {o} is on {v}. ; {o} will be here on {v}. | when does {o} come to visit? ; on which day does {o} arrive? ; when will {o} be at my door? ; which day do I expect {o}? ; when is {o} visiting me? ; what day will {o} come? ; when is the visit of {o}? ; when will {o} be here?
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
thing name | thing names | thing name | the name of our {o} | our {o} is called {v}. ; our {o} goes by the name {v}. ; we named our {o} {v}. ; {v} is the name we gave our {o}. ; the {o} we own is known as {v}. ; we christened our {o} {v}. ; our {o}'s name is {v}. ; the name of our {o} is {v}. ; we have a name for our {o}, {v}. ; we call our {o} {v}. | what is our {o} called? ; what did we name our {o}? ; how did we christen our {o}? ; which name does our {o} have? ; what's our {o}'s name? ; what do we call our {o}? ; what's the name of our {o}? ; which name did we give our {o}?
"""

LOOKS = "suitcase,umbrella,rucksack,helmet,sofa,kitchen,bathroom,tent,scarf,raincoat,mug,toothbrush,car,shed,fence,kettle,bedroom,skateboard,toolbox,winter coat"
UNSEEN_LOOKS = "hat,lamp,piano"
COLOURED = """
colour | thing colours | colour | the colour of my {o} | my {o} is {v}. ; I have {a} {v} {o}. ; I chose {v} for my {o}. ; the colour of my {o} is {v}. ; my {o} comes in {v}. ; you know my {o} by its colour, {v}. ; I painted my {o} {v}. ; my {o} is {v} in colour. ; the {o} I own is {v}. ; I picked {a} {v} {o}. | what colour is my {o}? ; which colour did I choose for my {o}? ; in which colour does my {o} come? ; by which colour do you know my {o}? ; what's the colour of my {o}? ; which colour is my {o}? ; what colour did I pick for my {o}? ; what colour does my {o} have?
"""

LOCKS = (
    "garage,shed,front door,back gate,safe,suitcase,alarm,bike cellar,office door,letterbox,gym locker,phone,tablet,"
    "garden gate,storage room,car park,laundry room,swimming pool locker,cash box,tool chest,holiday flat,studio,key box,lift"
)
UNSEEN_LOCKS = "wine cellar,boathouse,server room"
CODED = """
code | codes | pin | the code of the {o} | the {o} opens with {v}. ; the code for the {o} is {v}. ; type {v} to open the {o}. ; we changed the code of the {o} to {v}. ; {v} gets you into the {o}. ; the digits for the {o} are {v}. ; the code of the {o} is {v}. ; the {o} has the code {v}. ; to open the {o}, enter {v}. ; I set the {o} code to {v}. | what opens the {o}? ; what is the code for the {o}? ; which code did we choose for the {o}? ; what gets you into the {o}? ; which digits are for the {o}? ; what's the code of the {o}? ; how do I open the {o}? ; which code does the {o} have? ; what do I enter to open the {o}?
"""

PAPERS = (
    "library card,booking,invoice,parcel,insurance policy,ticket,passport application,membership,order,repair,customer account,"
    "tax return,lottery ticket,claim,contract,warranty,bus pass,loyalty card,prescription,lab sample"
)
UNSEEN_PAPERS = "ski pass,fishing permit,visa"
NUMBERED = """
number | paper numbers | code | the number of my {o} | my {o} has the number {v}. ; on my {o} it says {v}. ; the reference of my {o} is {v}. ; my {o} is filed under {v}. ; quote {v} for my {o}. ; my {o} can be found as {v}. ; the number of my {o} is {v}. ; my {o} number is {v}. ; they gave my {o} the number {v}. ; my {o} is registered under {v}. | what number does my {o} have? ; what is the reference of my {o}? ; what do I quote for my {o}? ; as what can my {o} be found? ; what's the number of my {o}? ; what's my {o} number? ; which number did they give my {o}? ; under which number is my {o} registered?
"""

EVENTS = (
    "job interview,driving test,concert,team meeting,school play,eye test,haircut,moving day,house party,graduation,marathon,"
    "check-up,book launch,parents' evening,guitar lesson,swimming lesson,court hearing,car inspection,gallery opening,family dinner,"
    "product launch,vaccination,theatre night,blood test,farewell party"
)
UNSEEN_EVENTS = "pottery class,passport appointment,choir rehearsal"
DATED = """
date | event dates | date | the date of my {o} | my {o} is on {v}. ; my {o} takes place on {v}. ; they put my {o} on {v}. ; {v} is the day of my {o}. ; my calendar says {o} on {v}. ; I go to my {o} on {v}. ; the date of my {o} is {v}. ; I have my {o} on {v}. ; my {o} was set for {v}. ; they scheduled my {o} for {v}. | when is my {o}? ; on which day is my {o}? ; for which day is my {o} in the calendar? ; on which date do I go to my {o}? ; what's the date of my {o}? ; what day is my {o}? ; when do I have my {o}? ; for when did they schedule my {o}?
time | event times | time | the time of my {o} | my {o} starts at {v}. ; my {o} begins at {v}. ; I have to be at my {o} at {v}. ; at {v} my {o} gets going. ; be ready for my {o} at {v}. ; the time of my {o} is {v}. ; my {o} is at {v}. ; I have my {o} at {v}. ; the start of my {o} is at {v}. | at what time does my {o} start? ; when do I have to be at my {o}? ; at which hour does my {o} get going? ; what time should I be ready for my {o}? ; what time is my {o}? ; when does my {o} start? ; what's the time of my {o}? ; when does my {o} begin?
place | event places | town | the place of my {o} | my {o} is in {v}. ; my {o} takes place in {v}. ; I go to {v} for my {o}. ; for my {o} I travel to {v}. ; {v} is where they hold my {o}. ; my {o} brings me to {v}. ; the place of my {o} is {v}. ; I have my {o} in {v}. ; they moved my {o} to {v}. ; my {o} will be held in {v}. | where is my {o}? ; where do I go for my {o}? ; where do they hold my {o}? ; to which town does my {o} bring me? ; where does my {o} take place? ; in which town is my {o}? ; where will my {o} be held? ; what's the place of my {o}?
"""

HIDDEN = (
    "passport,spare key,camera,birth certificate,charger,screwdriver,first-aid kit,lease,sewing kit,torch,diary,savings,"
    "old photographs,Christmas lights,will,cheque book,medicine,map,stapler,binoculars,swimming goggles,ring,receipts,headphones"
)
UNSEEN_HIDDEN = "flute,vaccination card,hip flask"
PLACED = """
place | places | place | =the hiding place of my {o} | I keep my {o} in the {v}. ; I put my {o} in the {v}. ; you find my {o} in the {v}. ; for my {o}, look in the {v}. ; I stored my {o} in the {v}. ; the {v} holds my {o}. ; my {o} is in the {v}. ; I hid my {o} in the {v}. ; I left my {o} in the {v}. ; the place for my {o} is the {v}. | where do I keep my {o}? ; where did I put my {o}? ; where did I store my {o}? ; what holds my {o}? ; where is my {o}? ; where did I hide my {o}? ; where did I leave my {o}? ; where do I find my {o}?
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
favourite | favourites | * | my favourite {o} | my favourite {o} has always been {v}. ; if I had to choose one {o}, it would be {v}. ; of every {o} I know, the best is {v}. ; my number one {o} is {v}. ; the top {o} for me is {v}. ; the {o} I like best is {v}. ; my favourite {o} is {v}. ; the best {o} for me is {v}. ; I prefer {v} over any other {o}. | which {o} do I like best? ; what {o} would I choose? ; what is my number one {o}? ; which {o} is the top one for me? ; what's my favourite {o}? ; which {o} do I prefer? ; what {o} do I like most? ; what's the best {o} for me?
"""

ROLES = (
    "dentist,lawyer,accountant,hairdresser,plumber,electrician,gardener,piano teacher,driving instructor,estate agent,"
    "physiotherapist,optician,tailor,personal trainer,cleaner,supervisor,thesis adviser,mentor,team captain,choir leader,"
    "babysitter,tax adviser,car mechanic,Spanish teacher,insurance agent,postman,baker,butcher,barber,therapist"
)
UNSEEN_ROLES = "chimney sweep,locksmith,yoga teacher,beekeeper"
SERVED = """
name | services | full name | my {o}'s name | my {o} is called {v}. ; the {o} I go to is {v}. ; I found a good {o}, {v}. ; {v} is my {o}. ; my {o} signs as {v}. ; the {o} I trust is {v}. ; my {o} is {v}. ; the name of my {o} is {v}. ; I have a new {o}, {v}. ; I made an appointment with my {o}, {v}. | who is my {o}? ; what is my {o} called? ; which {o} do I trust? ; how does my {o} sign? ; what's the name of my {o}? ; what's my {o}'s name? ; which {o} do I go to? ; what's my new {o} called?
"""

SECRETS = (
    "email,bank account,laptop,streaming account,library account,office computer,cloud storage,photo album,game account,"
    "phone contract,online shop,tax portal,diary app,club website,safe deposit box"
)
UNSEEN_SECRETS = "forum,guest network"
WORDED = """
password word | passwords | phrase | the passphrase of my {o} | the passphrase for my {o} is {v}. ; I protect my {o} with the words {v}. ; to get into my {o} you type {v}. ; my {o} wants to hear {v}. ; {v} unlocks my {o}. ; the passphrase of my {o} is {v}. ; my {o} opens with the words {v}. ; I set the passphrase of my {o} to {v}. ; the secret words for my {o} are {v}. | what is the passphrase for my {o}? ; with which words do I protect my {o}? ; what unlocks my {o}? ; what does my {o} want to hear? ; what's the passphrase of my {o}? ; which words open my {o}? ; what are the secret words for my {o}? ; how do I get into my {o}?
hint | passwords | word | the hint for my {o} password | my {o} password hint is {v}. ; for my {o} password I think of {v}. ; the hint for my {o} password is the word {v}. ; {v} brings my {o} password back to me. ; my {o} password has to do with {v}. ; the hint for the {o} password is {v}. ; as a hint for my {o} password I chose {v}. ; the clue to my {o} password is {v}. ; my {o} password clue is {v}. | what is the hint for my {o} password? ; what do I think of for my {o} password? ; what brings my {o} password back? ; what has my {o} password to do with? ; what's my {o} password hint? ; what's the clue to my {o} password? ; what did I choose as a hint for my {o} password? ; which hint does my {o} password have?
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
