# Approvals
card = ({ $number })
    { $what }
    { $effect }
    Step { $level } of { $levels }. { $after }
reminder = ({ $number }) is still waiting
    { $what }
    { $effect }
    Step { $level } of { $levels }. { $after }
with_reason = { $what }: "{ $reason }"
then_head = Without an answer it goes to { $head } on { $at }.
then_administrators = Without an answer it goes to the administrators on { $at }.
approve = Approve
reject = Reject
turned_approved = ({ $number })
    { $what }
    Approved by { $who }, { $at }.
turned_rejected = ({ $number })
    Rejected by { $who }, { $at }: { $reason }
turned_withdrawn = ({ $number })
    { $what }
    Taken back by the one who asked, { $at }.
why = What is the reason? { $name } will read it.
why_title = Reject { $number }
rejected_ack = Recorded: { $number } is rejected, with your reason.
still_open = Fine, nothing is decided. The card stays open.
nothing_waits = Nothing is waiting for your decision.
these_wait = { $count } waiting for your decision:
    { $lines }
    Press a button of the card, or write for example "approve { $example }".
decided_by_you = Recorded once already, { $at }.
decided_already = { $who } decided already, { $at }.
withdrawn_already = { $number } was taken back by the one who asked.
stale = { $number } has changed since that card was sent. See the newest card.
not_yours = This isn't yours to decide.
own_request = Somebody else decides on your own request.
reason_needed = A rejection needs a reason that the one who asked can read.
reason_too_long = That reason is too long. Use at most { $most } characters.
nobody = Not yet: nobody can decide your request. HR needs to name a head or an administrator.
