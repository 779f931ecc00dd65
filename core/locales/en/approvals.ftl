# Approvals
card = ({ $number })
    { $what }
    { $effect }
    { $seats }
    Step { $level } of { $levels }. { $after }
reminder = ({ $number }) is still waiting
    { $what }
    { $effect }
    { $seats }
    Step { $level } of { $levels }. { $after }
number_version = { $number }, version { $version }
undo_title = Cancel { $title }
was = { $what } (it was { $was })
with_reason = { $what }: "{ $reason }"
in_place_of = Standing in for { $whom }.
came_up = Passed up from { $who }, who hasn't answered.
moved_here = Handed over from { $who }. { $reason }
all_of = All of these must agree: { $names }.
so_many_of = { $enough } of these must agree: { $names }.
agreed_so_far = Agreed already: { $names }.
refused_so_far = Said no: { $names }.
then_head = Without an answer it goes to { $head } on { $at }.
then_administrators = Without an answer it goes to the administrators on { $at }.
approve = Approve
reject = Reject
change = Ask for a change
told_step = Step { $level }: { $parts }.
told_approve = { $who } approved, { $at }
told_earlier = { $who } had approved at an earlier step
told_reject = { $who } rejected, { $at }
told_change = { $who } asked for a change, { $at }
told_waits = waiting for { $who }
told_waits_until = waiting for { $who } until { $at }, then their head is asked too
told_count = { $agreed ->
    [0] { $enough } must agree
   *[other] { $sofar } of { $enough } agreed so far
  }
told_later = then { $who }{ $mode ->
    [all] , all must agree
    [quorum] , { $needed } must agree
   *[any] {""}
  }
on_behalf = { $who } for { $whom }
turned_approved = ({ $number })
    { $what }
    Approved by { $who }, { $at }.
turned_rejected = ({ $number })
    Rejected by { $who }, { $at }: { $reason }
turned_changed = ({ $number })
    { $who } asked for a change, { $at }: { $reason }
turned_cancelled = ({ $number })
    { $what }
    Cancelled; agreed by { $who }, { $at }.
turned_called_off = ({ $number })
    { $what }
    Called off by { $who }, { $at }.
turned_called_off_part = ({ $number })
    { $what }
    Some of its days called off by { $who }, { $at }.
turned_stands_again = ({ $number })
    { $what }
    In effect again since { $at }: the record that took its place was taken back.
turned_kept = ({ $number })
    { $what }
    It stands; { $who } didn't agree to cancel it, { $at }: { $reason }
turned_kept_by_asker = ({ $number })
    { $what }
    It stands; the one who asked no longer wants to cancel it, { $at }.
turned_passed = ({ $number })
    { $what }
    Approved by { $who }, { $at }. Now with { $next }.
turned_counted = ({ $number })
    { $what }
    Approved by { $who }, { $at }. Still waiting for { $left }.
turned_counted_no = ({ $number })
    { $what }
    Rejected by { $who }, { $at }: { $reason }
    Still waiting for { $left }.
turned_withdrawn = ({ $number })
    { $what }
    Taken back by the one who asked, { $at }.
turned_superseded = ({ $number })
    The one who asked has changed it, { $at }. See the newest card.
turned_expired = ({ $number })
    { $what }
    Closed without a decision, { $at }.
turned_moved = ({ $number })
    { $what }
    With { $who } to decide since { $at }. { $reason }
turned_stood_in = ({ $number })
    { $what }
    You stopped standing in on { $at }. { $who } decides now.
turned_went_up = ({ $number })
    Passed up to { $names }, { $at }. Either of you may still answer; the first answer counts.
why = What is the reason? { $name } will read it.
why_change = What should be changed? { $name } will read it.
why_title = Reject { $number }
why_title_change = Change { $number }
rejected_ack = Recorded: { $number } is rejected, with your reason.
changed_ack = Recorded: { $number } goes back to be changed, with your reason.
still_open = Fine, nothing is decided. The card stays open.
nothing_waits = Nothing is waiting for your decision.
these_wait = { $count } waiting for your decision:
    { $lines }
    Press a number to see its card, or write for example "approve { $example }".
here_it_is = That is the card of { $number }.
decided_by_you = Recorded once already, { $at }.
decided_already = { $who } { $verdict ->
    [approve] approved { $number } already
    [reject] rejected { $number } already
   *[other] sent { $number } back to be changed
  }, { $at }.
undo_decided_already = { $who } { $verdict ->
    [approve] agreed to cancelling { $number } already
   *[other] decided already that { $number } is not cancelled
  }, { $at }.
withdrawn_already = { $number } was taken back by the one who asked.
over_already = { $number } is no longer waiting for a decision.
stale = Not recorded: { $who } has just changed { $number }. This is the newest.
stale_elsewhere = Not recorded: { $who } has just changed { $number }. It waits for { $whom } now; your new card comes when it is your turn.
not_yet = Not your turn yet: { $number } is with { $who }. Your card comes after that.
moved = { $number } is decided by { $who } now.
not_yours = This isn't yours to decide.
own_request = Somebody else decides on your own request.
reason_needed = A rejection needs a reason that the one who asked can read.
reason_too_long = That reason is too long. Use at most { $most } characters.
nobody = Not yet: nobody can decide your request. HR needs to name a head or an administrator.
# After somebody else has decided
decided_other = { $who } approved { $number } already, { $at }, so your no is not recorded. If you object, talk to { $who } before { $until }.
do_object = Ask to cancel
do_leave = Let it be
left_decided = Fine. { $number } stands.
why_object = Why should it be called off? { $name } will read this.
objected_ack = Sent: { $name } was asked to call off { $number }. Until then it stands.
objected_asker = { $who } asks you to call off { $number }: "{ $reason }". { $what } stands until you call it off.
objected_decider = { $who } objects to { $number }, which you approved: "{ $reason }". { $title }, { $what }. Your decision stands.
call_it_off = Call it off
through = { $channel ->
    [telegram] { $who } on Telegram
    [slack] { $who } on Slack
    [whatsapp] { $who } on WhatsApp
    [console] { $who } in the terminal
   *[other] { $who } on the web
    }
sure = Approve { $number }, { $title }: { $what }?
# What the asker, the approvers and HR are told
returned = { $who } asks for a change: "{ $reason }". { $number }, { $what }, is kept until you change it or take it back.
do_change = Change it
cancel_refused = { $who } didn't agree to cancel { $number }: "{ $reason }". { $what } stands.
begun_asker = { $number } begins now and is undecided: { $what }. These can decide: { $names }. The days count as waiting until then.
begun_approver = { $number } begins now and still waits for your answer: { $title }, { $what }.
begun_hr = { $number } begins now and still waits for { $names }: { $title }, { $what }.
expired_told = { $number } was closed without a decision: { $what }. Ask again if you still need it.
# Chains
chain_levels = A chain has one to { $most } steps. Add or remove some.
chain_always = At least one step must always apply, without a condition, so that no request goes undecided.
chain_hours = The reminder comes before it is passed up, at most { $most } hours. What is empty follows the company: { $remind } and { $escalate } hours. Correct the hours.
chain_expiry = The limit without a decision lies between 1 and { $most } days, or is empty.
chain_nobody = Step { $level } doesn't say who is asked. Choose at least one.
chain_twice = Step { $level } names the same twice. Remove one of them.
chain_mode = Step { $level }: choose any one, all, or a number of people.
chain_quorum = Step { $level }: write in digits how many people must agree{ $any ->
    [yes] , from 1 on.
   *[no] , from 1 to { $most }, as many as are asked.
  }
chain_unknown = Step { $level } names something unknown. Choose from the list.
chain_condition = Step { $level } has an unknown condition. Choose from the list and fill in its value.
chain_vacant = It can't be published yet: { $path } at step { $level } doesn't work here. Choose somebody else.
chain_no_holder =
    It can't be published yet: step { $level } asks { $role ->
        [super_administrator] the Super Administrator
        [administrator] an Administrator
        [data_protection_officer] the Data Protection Officer
        [supporting_administrator] a Supporting Administrator
       *[agent] a Help Desk Agent
    }, and no employee here has that role. Give it to somebody first, or choose another.
chain_circle = It can't be published yet: the line of heads runs in a circle. { $path }
chain_before = Version { $version } is published already, for { $on }. Choose that date or a later one.
chain_begun = Version { $version } has been in force since { $on } and can't be withdrawn. Publish a new version.
chain_not_newest = Version { $version } isn't the last one any more. Load the page again, and withdraw the last one first.
chain_past = A chain is in force from today or later. Choose another date.
# Standing in, and handing over
kinds_and = { $some } and { $last }
kind_collective_work = work on a day of collective leave
kind_leave_request = leave
delegate_offered = { $who } asks you to decide for { $team }, { $days }: { $kinds }. Do you accept?
offer_waits = { $who } asks you to decide in their place; you haven't answered yet.
see_offer = See the offer
delegate_accept = Accept
delegate_decline = Decline
delegate_told_accept = { $who } accepts and stands in for you, { $days }.
delegate_told_decline = { $who } can't stand in for you, { $days }. Choose somebody else on the page Stand-ins, or let it go up to your head.
delegate_accepted_ack = Recorded: you stand in for { $who }, { $days }.
delegate_declined_ack = Recorded: you don't stand in for { $who }.
who_stands_in = Leave { $days }, { $half ->
    [am] half a day, morning
    [pm] half a day, afternoon
   *[no] { $cost } { $many ->
      [1] working day
     *[other] working days
    }
  }. Who approves your team's requests meanwhile?
span_from = { $days } from { $at }
span_until = { $days } until { $at }
and_names = { $head }, and name { $who } to stand in
nobody_stands_in = Nobody needed
stand_in_later = { $who } stands in for you after accepting, once your leave is approved.
stand_in_not = { $who } can't be named yet; see the page Stand-ins.
delegate_oneself = You can't stand in for yourself. Choose somebody else.
delegate_gone = They don't work here now. Choose somebody else.
delegate_over = That time is over or the wrong way round. Choose dates ahead.
delegate_what = Choose at least one kind of request, and a limit above zero.
delegate_second = { $who } was named already, until { $until }. End that first, or choose another time.
delegate_circle = Not possible: somebody stands in for { $who }, and it leads back to the one who names them. Choose somebody else.
delegate_deep = Not possible: by way of { $who } it would pass through more than two people. Choose somebody else.
delegate_ended = That is over.
delegate_taken = Accepted already, { $at }.
reassign_reason = Handing over needs a reason that both can read.
reassign_from = They aren't deciding { $number } now. Load the page again.
reassign_gone = They don't work here now. Choose somebody else.
reassign_sits = { $who } may decide { $number } already. Choose somebody else.
reassign_agreed = { $who } agreed to { $number } at an earlier step. Choose somebody else.
mail_waits =
    { $number } waits for your decision, because the head of the one who asks can't be found, or hasn't answered in time.

    { $link }

    Sign in there to see what it is and to decide.
mail_waits_subject = { $number } waits for your decision
from_paper = { $who }, from paper
