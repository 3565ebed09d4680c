"""English words whose forms no stemmer joins: "sold" is of "sell", "children" of "child", "competition" of "compete".

Left out are forms that are as often another word: "found" (to found a company), "left", "felt", "lay", "bound"; and
nouns that name something else than what is done: an owner, an employee, a product.
"""

from collections.abc import Mapping

_FORMS = """
    arise arose arisen
    awake awoke awoken
    beat beaten
    become became
    begin began begun
    blow blew blown
    break broke broken
    breed bred
    bring brought
    build built
    buy bought
    catch caught
    choose chose chosen
    cling clung
    come came
    creep crept
    deal dealt
    dig dug
    draw drew drawn
    drink drank drunk
    drive drove driven
    eat ate eaten
    fall fell fallen
    feed fed
    fight fought
    flee fled
    fly flew flown
    forbid forbade forbidden
    foresee foresaw foreseen
    forget forgot forgotten
    forgive forgave forgiven
    freeze froze frozen
    give gave given
    go went gone
    grow grew grown
    hang hung
    hear heard
    hide hid hidden
    hold held
    keep kept
    know knew known
    lead led
    learn learnt
    lend lent
    lose lost
    make made
    mean meant
    meet met
    oversee oversaw overseen
    overtake overtook overtaken
    pay paid
    rebuild rebuilt
    ride rode ridden
    ring rang rung
    rise rose risen
    run ran
    say said
    see saw seen
    seek sought
    sell sold
    send sent
    shake shook shaken
    shine shone
    shoot shot
    shrink shrank shrunk
    sing sang sung
    sink sank sunk
    sit sat
    sleep slept
    speak spoke spoken
    spend spent
    spring sprang sprung
    stand stood
    steal stole stolen
    stick stuck
    strike struck stricken
    strive strove striven
    swear swore sworn
    sweep swept
    swim swam swum
    swing swung
    take took taken
    teach taught
    tear tore torn
    tell told
    think thought
    throw threw thrown
    undergo underwent undergone
    understand understood
    undertake undertook undertaken
    uphold upheld
    wake woke woken
    wear wore worn
    weave wove woven
    win won
    withdraw withdrew withdrawn
    withstand withstood
    write wrote written
    child children
    man men
    woman women
    foot feet
    tooth teeth
    mouse mice
    goose geese
    crisis crises
    thesis theses
    hypothesis hypotheses
    criterion criteria
    phenomenon phenomena
    alumnus alumni
    nucleus nuclei
"""

_NOUNS = """
    compete competition competitions competitive competitor competitors
    acquire acquisition acquisitions
    expand expansion expansions
    decide decision decisions
    invade invasion
    divide division
    destroy destruction
    describe description descriptions
    explain explanation explanations
    maintain maintenance
    die death deaths
    choose choice choices
    lose loss losses
    sell sale sales
    advise advice
    believe belief beliefs
    prove proof proofs
    fly flight flights
    marry marriage
    bury burial
    arrive arrival
    solve solution solutions
    permit permission
    admit admission
    extend extension
    convert conversion
    revise revision
    analyse analyze analysis analyses
    diagnose diagnosis
    rely reliance
    vary variation
    grow growth
    weigh weight
"""

_LINES = [*_FORMS.strip().splitlines(), *_NOUNS.strip().splitlines()]

BASES: Mapping[str, str] = {form: base for base, *forms in map(str.split, _LINES) for form in forms}
"""The base of each form, both in small letters."""
