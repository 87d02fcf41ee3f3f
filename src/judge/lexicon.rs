//! The words by which sentences are read, one table for each part that a word can play.

/// True for a word of a table.
pub(super) fn among(table: &str, word: &str) -> bool {
    table.split_whitespace().any(|one| one == word)
}

/// Words that begin a condition.
pub(super) const CONDITIONS: &str = "\
    if when whenever once unless until before should whether provided";
/// Words that begin a clause of its own.
pub(super) const BREAKS: &str = "\
    but because while although though however whereas if unless";
/// Words that begin one where a subject or a verb follows.
pub(super) const JOINTS: &str = "\
    and or since as so";
/// Words that begin an embedded one.
pub(super) const RELATIVES: &str = "\
    which who whose that";
/// Words that a subject or a verb begins with.
pub(super) const STARTS: &str = "\
    the this that your its their our it they we you a an is are was were has have had will may \
    can does did";
/// Words before a noun that leave it what it is. Any other makes it somebody else's.
pub(super) const MODIFIERS: &str = "\
    the this that your a an our all these its any api heygen heygen's current provided supplied \
    given used submitted presented secret access oauth auth authentication bearer user user's \
    account account's workspace workspace's organization organization's org team team's company \
    company's space space's entire whole same paid free security =heygen =api following \
    specified associated corresponding owner's owning underlying parent subscription plan's active \
    payment";
/// Words that a clause may begin with before its subject.
pub(super) const LEADS: &str = "\
    sorry unfortunately note that because since as and but or so however while although though \
    whereas currently now also error unauthorized forbidden yes hello hi 401 403 400";
/// Words that may follow a noun without making it a part of another.
pub(super) const FOLLOWERS: &str = "\
    is are was were has have had been will may might can could would should must does do did not \
    of for from in on at by with behind to that which who whose you we this your the used \
    provided sent supplied given ending starting belonging linked associated attached named \
    lacks requires needs includes belongs and or currently now already recently permanently \
    temporarily automatically just never without due uses got became expires since after pending \
    until today yesterday reached stopped need yet enabled included available activated granted remains stays signed";
/// Words for the end of a key, an account, or a plan.
pub(super) const ENDS: &str = "\
    revoked expired deactivated disabled inactive deleted rotated invalidated withdrawn \
    suspended banned blocked locked terminated frozen cancelled canceled retired removed closed \
    lapsed ended voided deauthorized";
/// Those that something does by itself: "has expired".
pub(super) const BY_ITSELF: &str = "\
    expired lapsed ended";
/// Verbs of a state.
pub(super) const BE: &str = "\
    is are was were been got became remains stays";
/// Verbs of what has happened.
pub(super) const HAVE: &str = "\
    has have had";
/// Words that may stand between a verb and the end.
pub(super) const ADVERBS: &str = "\
    permanently currently now already recently temporarily automatically just since also both \
    manually immediately apparently either indefinitely marked flagged as all";
/// Words by which nothing is a fact.
pub(super) const UNREAL: &str = "\
    not never neither nor without hardly no will would may might can could should must shall be \
    being going about soon get gets perhaps possibly maybe if whether unless almost nearly";
/// Words that no thing's end is among, so that a list with one of them says nothing.
pub(super) const OTHER_REASONS: &str = "\
    invalid incorrect wrong missing malformed unknown found unrecognized unrecognised mistyped \
    exist bad absent misspelled";
/// Words of which the part before a colon may consist.
pub(super) const HEADINGS: &str = "\
    authentication authorization failed failure error unauthorized forbidden access denied \
    request rejected refused code status state reason message details detail note warning http \
    invalid not allowed sorry login 401 403 400 unable to authenticate was is because cannot \
    authorized permission permissions insufficient notice important inactive";
/// Words that turn what follows them into something that nobody says: "no record that".
pub(super) const DOUBTS: &str = "\
    doubt doubts doubted record sign evidence indication reason confirm nowhere zero claims claimed \
    alleges alleged simulated example";
/// What a sentence may consist of, beside the words of the other tables, that plainly says an end: who,
/// when, why, and what to do now. With any other word it may mean another thing.
pub(super) const PLAIN: &str = "\
    key keys token credential credentials login password subscription plan trial it they has \
    been and or , / on at in by since due to because of from ago when you we please create generate make \
    issue request get use a new one another contact support team help settings dashboard log sign \
    again owner admin admins administrator administrators user's inactivity non-payment nonpayment unpaid \
    policy security terms service violation violations violating reasons reason refused rejected denied \
    unauthorized forbidden error authentication failed invalid request no longer can be used works \
    accepted utc gmt today yesterday last week month year day days hour hours minute minutes weeks months \
    years january february march april may june july august september october november december jan feb \
    mar apr jun jul aug sep oct nov dec monday tuesday wednesday thursday friday saturday sunday which \
    so therefore now its organization";
/// Places in which a key may be at its end while it works elsewhere.
pub(super) const PARTS: &str = "\
    region regions environment staging sandbox country zone";
/// Words that deny.
pub(super) const DENIALS: &str = "\
    not no never without lacks lack lacking neither nor";
/// Words for nobody, who has done nothing.
pub(super) const NOBODY: &str = "\
    nobody no none nothing neither";
/// Verbs of using an access, so that their denial is a lack.
pub(super) const GRANTS: &str = "\
    enabled included available allowed activated part granted active permitted supported \
    provided offered unlocked covered authorized";
/// Verbs by which a plan or an account has something.
pub(super) const HOLDS: &str = "\
    have include come permit cover support allow offer provide contain grant has lacks lack no \
    without includes entitled";
/// Words of requests to get it.
pub(super) const ASKS: &str = "\
    upgrade contact subscribe enable request activate ask buy purchase";
/// Words that say that something is needed.
pub(super) const NEEDS: &str = "\
    requires require required needs need needed";
/// Words by which a scope falls short of what is needed.
pub(super) const SHORT: &str = "\
    missing lack lacks lacking insufficient outside beyond exceeds without";
/// Words whose denial says that it does.
pub(super) const COVERS: &str = "\
    cover covers include includes have has allow allows among granted grant contain within \
    enough sufficient permit covered carry hold in given part";
/// Words of what isn't there yet, or of what may be.
pub(super) const OPEN: &str = "\
    will may might would could soon";
/// Words by which an end was undone.
pub(super) const UNDONE: &str =
    "reinstated restored reactivated re-enabled renewed unlocked unblocked lifted reissued again";
/// Words by which it may be undone some day.
pub(super) const SOME_DAY: &str = "can could to be will may not until must";
