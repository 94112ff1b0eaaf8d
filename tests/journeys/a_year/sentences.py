"""What the sentences of letters say.

Each is written with the names of `World` where a letter says something of its own; behind the bar is what it says
without a word of its own: `stands=issued` that an invitation has been issued and not been answered, several values that
it is one of these, `reader` for a value that it is the reader's own name. `forget` names what a letter takes back.
What stands nowhere below states nothing that could be untrue: such text may have no day, number or name in it.
"""

ASKED = "stands=issued|tentative"
OPEN = "progress=planned|at_risk|missed|reopened|dropped"
SENTENCES: tuple[str, ...] = (
    "Dear {reader},",
    # Why there is this letter.
    "You receive this because you lead {own}, which has just joined the programme. | partnership=admitted",
    "You receive this because you lead {own}, which has just come back to the programme. | partnership=admitted",
    "You receive this because you lead {own}.",
    "You receive this because you lead {own}, whose coach this is.",
    "You receive this because you lead {own}, whose milestone this is.",
    "You receive this because you lead {own}, whose session this is.",
    "You receive this because you lead {own}, whose partnership rests. | partnership=paused",
    "You receive this because you lead {own}, whose partnership goes on. | partnership=admitted",
    f"You receive this because you lead {{own}}, which is invited. | {ASKED}",
    "You receive this because you lead {own}, which is invited and has not said yet whether it will attend. "
    f"| {ASKED}",
    "You receive this because you lead {own}, which has said that it will attend. | stands=accepted",
    "You receive this because you lead {own}, which has said that it cannot attend. | stands=declined",
    "You receive this because you lead {own}, which has said that it may attend. | stands=tentative",
    "You receive this because you lead {own}, which has undone its answer.",
    "You receive this because you lead {own}, which is waiting for seats. | stands=waitlisted",
    "You receive this because you lead {own}, which was waiting for seats.",
    "You receive this because you lead {own}, or were told of its invitation.",
    "You receive this because you led {own} when its partnership ended. | partnership=departed",
    "You receive this because you were told of the invitation of {partner}.",
    "You receive this because you were told that {partner} had reached this milestone.",
    "You receive this because you lead the coaching of {partner}. | coach=reader",
    "You receive this because you led the coaching of {partner}.",
    "You receive this because you are to hold this session. | session_coach=reader",
    "You receive this because you are to hold this session with {partner}. | session_coach=reader",
    # Partnerships.
    "Welcome, {partner}",
    "Welcome back, {partner}",
    "{partner} is now a Strategic Partner of the Institute, from {term_starts} to {term_ends}. | partnership=admitted",
    "{partner} is once more a Strategic Partner of the Institute, from {term_starts} to {term_ends}. "
    "| partnership=admitted",
    "The partnership with {partner} rests | partnership=paused",
    "From {today} the partnership between {partner} and the Institute rests.",
    "The partnership with {partner} goes on | partnership=admitted",
    "We are glad: from {today} the partnership between {partner} and the Institute is taken up again.",
    "Thank you and goodbye, {partner} | partnership=departed",
    "The partnership between {partner} and the Institute ended on {departed_on}.",
    "What was still open, coaching, sessions and invitations, has ended with the partnership, "
    "and this is the last letter you receive about it. | forget=partner",
    "The reason that was given:\n\n{given}\n",
    # Who coaches.
    "You lead the coaching of {partner} | coach=reader",
    "The work of the engagement with {partner} has begun, and from now on you lead its coaching. "
    "| engagement=active coach=reader",
    "Your coach: {coach}",
    "{coach} leads the coaching of {partner} from now on, and will be in touch with you.",
    "Should you want to write first: {coach_email}.",
    "You now lead the coaching of {partner} | coach=reader",
    "From now on you lead the coaching of {partner}. | coach=reader",
    "{coach} now leads the coaching of {partner}",
    "{coach} leads the coaching of {partner} from now on.",
    "The follow-ups that are open and the sessions that were scheduled with you are theirs now: "
    "nothing more is asked of you. | forget=partner",
    "Please tell {coach} what helps to go on.",
    "A successor is needed: {former_coach} no longer coaches {partner} | led=nobody",
    "{former_coach}, who led the coaching of {partner}, left or stopped coaching on {coach_left_on}.",
    "Please name a successor: the transition “lead_coach_replaced” of engagement {engagement_id}.",
    "These follow-ups are open, each until the end of its day ({former_coach_zone} time):",
    "These follow-ups are now yours, each until the end of its day ({reader_zone} time):",
    "These follow-ups are yours again, each until the end of its day ({reader_zone} time):",
    "- “{any_milestone}”, by {any_follow_day}",
    "Who leads {partner} has changed: please find out whether the will is there | will=in_question",
    "Somebody has joined those who lead {partner}; that was put on record on {questioned_on}. "
    "| questioned=leader_joined",
    "One of those who led {partner} leads it no more; that was put on record on {questioned_on}. "
    "| questioned=leader_left",
    "Please talk to those who lead it now, and confirm that they have the will to go on: the transition "
    "“will_confirmed” of engagement {engagement_id}, with how you know. | will=in_question",
    "The coaching of {partner} rests | engagement=paused",
    "The work with {partner} rests for now. | engagement=paused",
    "The coaching of {partner} goes on | engagement=active",
    "The work with {partner} is taken up again. | engagement=active",
    "The coaching of {partner} has ended | engagement=closed",
    "The engagement with {partner} ended on {closed_on}.",
    "Nothing more is asked of you: what was open is cancelled. | forget=partner",
    "Thank you for all that you have done for {partner}.",
    # Sessions.
    "Sessions that were scheduled with {former_session_coach} are with {coach} now. | forget=with_whom",
    "Coaching with {with_whom} on {held_day}, {held_hour} | session=scheduled",
    "You have a coaching session with {with_whom}. | session=scheduled",
    "It begins on {held_at}.",
    "{session_coach} holds your coaching session on {held_day}, {held_hour}",
    "Your coaching session on {held_at} has another coach: {session_coach} will hold it.",
    "A coach is needed: {partner}, {held_day}, {held_hour}",
    "{absent_coach}, who was to coach {partner} on {was_to_begin}, left or stopped coaching on {absent_since}.",
    "Please hand it over to another coach: the transition “handed_over” of coaching session {session_id}.",
    "Whoever is to hold it is told, and so are the leaders of {partner}.",
    "Coaching with {with_whom} is now on {held_day}, {held_hour}",
    "Your coaching session with {with_whom} has been moved. | session=scheduled",
    "It begins on {held_at}, and not on {was_held_at}.",
    "Coaching with {with_whom} on {held_day} is cancelled | session=cancelled",
    "Your coaching session with {with_whom} on {was_to_begin} does not take place. | session=cancelled",
    "You coach {partner} on {held_day}, {held_hour} | session_coach=reader",
    "A coaching session with {partner} is now yours: on {held_at}. | session_coach=reader",
    "{session_coach} coaches {partner} on {held_day}",
    "Your coaching session with {partner} on {held_at} was handed over: {session_coach} will hold it. | forget=session",
    "You receive this because you were to hold this session.",
    "You receive this because you were to hold this session with {partner}. | session_coach=reader",
    # Milestones.
    "Milestone reached: {milestone} | progress=reached",
    "{partner} has reached a milestone, on {reached_on}: “{milestone}”. | progress=reached",
    "At risk: “{milestone}” of {partner} | progress=at_risk",
    "{partner} wants to reach “{milestone}” by {due_end}, and somebody who works on it has said that this day may not "
    "hold:\n\n{given}\n | progress=at_risk",
    "Not reached by {due_on}: “{milestone}” of {partner} | progress=missed",
    "{partner} wanted to reach “{milestone}” by {due_end}. | progress=missed",
    "Now by {due_on}: “{milestone}” of {partner} | progress=planned",
    "There is another day for “{milestone}” of {partner}: it is to be reached by {due_end}, "
    "and no longer by {was_due_on}. | progress=planned",
    f"Correction: “{{milestone}}” of {{partner}} is not reached yet | {OPEN} forget=follow_up",
    f"We told you that {{partner}} had reached “{{milestone}}”. | {OPEN}",
    "Please confirm: the data say that {partner} may have reached “{milestone}” | progress=proposed",
    "The data of {partner} show what was agreed as evidence for the milestone “{milestone}”:\n\n{finding}.\n "
    "| progress=proposed",
    "Nothing to confirm any more: “{milestone}” of {partner} | progress=planned",
    "We asked you to confirm that {partner} had reached “{milestone}”. There is nothing to confirm any more:\n\n"
    "{retraction}.\n | progress=planned",
    "You receive this because you were asked to confirm this milestone of {partner}.",
    # Measures.
    "The data of {partner} get worse: {measure} | worsening=yes",
    "The data of {partner} on “{measure}” show an unfavourable shift: {length} data points from {worse_from} to "
    "{worse_to}, by the rules of perla_2011. | worsening=yes",
    "Correction: the data of {partner} on “{measure}” do not get worse | worsening=no",
    "We told you that the data of {partner} on “{measure}” showed an unfavourable signal. | worsening=no",
    "Your data are late: {measure}",
    "Data of {partner} are late: {measure}",
    "On {today} there were no data of {partner} on “{measure}” for the period that began on {period}, nor for a later "
    "one.",
    "The latest were those of the period that began on {latest}.",
    "They are to come {frequency}.",
    # Promises.
    "Promised at {camp}, by {to_test_by}: {promise} | reported=no",
    "At {camp}, {partner} promised on {promised_on} to test by {to_test_by}: “{promise}”.",
    "It was to be tested by {to_test_by}: {promise} | reported=no",
    "You receive this because you answer for what {partner} promised.",
    # What came out of a camp.
    "What came out of {camp}",
    "{camp} is closed, and this came out of it: | life=closed",
    "- promises to test something: {promises}",
    "You receive this because you were at {camp} with {partner}.",
    # Follow-ups.
    "By {follow_day}: follow up with {partner} on “{milestone}”",
    "Please do so by {follow_by}.",
    "Due on {follow_day}: follow up with {partner} on “{milestone}”",
    "{partner} reached “{milestone}” on {reached_on}, and you are to follow up on it by {follow_by}. "
    "| progress=reached",
    # Invitations.
    f"You are invited: {{camp}}, {{place}} | {ASKED}",
    "We would be glad to see {partner} at {camp}.",
    "Where: {place} | gathering=as_said",
    "When: {starts} to {ends}",
    "Seats kept for you: {seats}",
    "Seats kept for you: {seats}.",
    "We invite you now because of what you have reached, "
    "and hope that the other partners can learn from it:\n\n{reasons}",
    "We would like to invite you because of what you have reached:\n\n{reasons}",
    "We are glad of it because of what you have reached:\n\n{reasons}",
    "We ask you because of this:\n\n{reasons}",
    f"Please tell us by {{answer_by}} whether you will attend, and how many of you. | {ASKED}",
    f"Please tell us by {{answer_by}} whether you will attend. | {ASKED}",
    f"Please tell us by {{answer_by}} whether you will attend as it is now. | {ASKED}",
    "Whoever has this link answers for {partner}: please pass it on with care.",
    f"Please answer by {{answer_day}}: {{camp}}, {{place}} | {ASKED}",
    f"{{partner}} is invited to {{camp}} in {{place}}, from {{starts}} to {{ends}}, and we do not know yet whether you "
    f"will attend. | {ASKED}",
    "You are on the waitlist: {camp}, {place} | stands=waitlisted",
    "We would be glad to see {partner} at {camp}, but at present there are not enough free seats for you.",
    "{partner} is on the waitlist. | stands=waitlisted",
    "Seats you wait for: {wanted}",
    "Your place on the waitlist on {today}: {position}",
    "You wait for fewer seats: {camp}, {place} | stands=waitlisted",
    "{partner} is on the waitlist of {camp} in {place}, from {starts} to {ends}. | stands=waitlisted",
    "It waits for fewer seats now, and no longer for {was_wanted}.",
    "Seats you wait for: {wanted}.",
    "No longer on the waitlist: {camp}, {place} | stands=left_waitlist",
    "{partner} no longer waits for seats at {camp} in {place}, from {starts} to {ends}. | stands=left_waitlist",
    "There are seats for you now: {camp}, {place} | stands=issued",
    "{partner} was waiting for {camp}.",
    # Who comes.
    "You are named for {camp}, {place}",
    "{partner} has named you to come to {camp}.",
    "If you cannot come, please tell {partner}, so that somebody else can.",
    "It is settled that you come to {camp} for {partner}. | stands=accepted",
    "If you cannot come after all, please tell {partner}, so that somebody else can.",
    "You receive this because you are named to come to {camp}.",
    "You receive this because you are expected at {camp}.",
    # Answers.
    "You are expected: {camp}, {place} | stands=accepted",
    "Thank you: {partner} will attend {camp}. | stands=accepted",
    "We have your answer: {camp}, {place}",
    "{partner} cannot attend {camp} in {place}, from {starts} to {ends}. | stands=declined",
    "You can undo this answer until {undo_until}, here:",
    "{partner} may attend {camp} in {place}, from {starts} to {ends}. | stands=tentative",
    "Your seats are kept until {answer_by}. | stands=tentative",
    "Your answer is undone: {camp}, {place}",
    "{partner} has undone its answer that it cannot attend {camp} in {place}, from {starts} to {ends}.",
    f"Please tell us by {{answer_by}}, here, whether you will attend: | {ASKED}",
    # What no longer holds.
    "No longer kept: your seats at {camp} | stands=expired",
    "{partner} was invited to {camp}, and we do not know whether you will attend. | stands=expired",
    "Withdrawn: your invitation to {camp} | stands=withdrawn",
    "{partner} was invited to {camp}. | stands=withdrawn",
    "What we had invited you for does not hold at present: a milestone has been opened again, or an initiative is "
    "scored lower.",
    "The reason that we were given: {given}",
    "Cancelled: {camp} | gathering=cancelled",
    "{camp}, to which {partner} was invited, has been cancelled and will not take place. "
    "| gathering=cancelled stands=withdrawn",
    "The reason that was given: {given}",
    # For diaries.
    "For your diary: {camp}",
    "We now write to you, for {partner}, at this address. So that {camp} is in the diary that you keep here, its "
    "entry is attached. Nothing else has changed.",
    "For your diary: {camp} can be taken out",
    "We now write to you at another address, and have sent the entry of {camp} there. The file that is attached takes "
    "it out of the diary that you keep at this one.",
    "Changed: {camp}, {place}",
    "Something has changed about {camp}, which {partner} will attend. | stands=accepted",
    "Something has changed about {camp}, for which {partner} is waiting for seats. | stands=waitlisted",
    f"Something has changed about {{camp}}, to which {{partner}} is invited. | {ASKED}",
    "Please answer again: {camp}, {place} | stands=reconfirm",
    "Something has changed about {camp}, which {partner} was to attend. | stands=reconfirm",
    "Seats are still kept for as many as you told us: {seats}.",
    "Please tell us by {answer_by} whether you will attend on the days above; after that, the seats go to others. "
    "| stands=reconfirm",
    "- It is now from {starts} to {ends}, and not from {was_starts} to {was_ends}.",
    "- It is now in {place}, and not in {was_place}.",
)
