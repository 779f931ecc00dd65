
after_team = { " " }In the team: { $team }.
when = Which dates, { $name }? You have { $left } { $many ->
    [1] day
   *[2] days
  } of { $pays }. (for example: { $example })
when_again = Which dates? You have { $left } { $many ->
    [1] day
   *[2] days
  } of { $pays }. (for example: { $example })
when_length = { $length }, from which date? You have { $left } { $many ->
    [1] day
   *[2] days
  } of { $pays }. (for example: { $example })
when_half = Half a day, on which date? You have { $left } { $many ->
    [1] day
   *[2] days
  } of { $pays }. (for example: { $example })
yours = { $code ->
    [annual] annual leave
   *[other] { $kind }
  }
until = From { $day }, until when? (for example: "until Friday", "18 December", "3 days")
until_unclear = I didn't catch the last day. Write for example "until Friday", "18 December" or "3 days".
until_choice = Until { $days }
one_day = That day only
when_unclear = I didn't catch the dates. Write for example "tomorrow", "Monday to Wednesday" or "12-14 August".
which_day = The day and the date don't match. Did you mean { $one } or { $other }?
which_of = Which one do you take: { $one } or { $other }?
which_of_three = Which one do you take: { $one }, { $other } or { $third }?
these_days = { $days }
so_many = { $days } { $many ->
    [1] day
   *[2] days
  }
part = That works. { $day }, the morning or the afternoon off?
half_am = Morning, in at 13:00
half_pm = Afternoon, out 12:00
clock_am = in at 13:00 { $zone }
clock_pm = leaving at 12:00 { $zone }
why = What is it for? (you may skip this)
why_for = { $days }, { $cost } working { $many_cost ->
    [1] day
   *[2] days
  }. What is it for? (you may skip this)
why_short = Back to your leave ({ $brief }): what is it for? (you may skip this)
confirm = { $kind } { $days }, { $cost } working { $many_cost ->
    [1] day
   *[2] days
  }{ $reason }.{ $off }{ $after } Send it to { $head }?
confirm_half = Half a day of leave { $days }, { $clock }{ $reason }.{ $before ->
    [0] { "" }
   *[other] { " " }From { $before } to { $left } days left{ $team }.
  } Send it to { $head }?
for = : "{ $reason }"
days_off = { " " }Not counted: { $days }.
team_free = ; nobody else in { $team } is away
team_away = ; also away in { $team }: { $away }
the_administrators = an administrator
yes_send = Yes, send
change_dates = Change dates
not_enough = Not yet: { $days } takes { $needed } { $many_needed ->
    [1] day
   *[2] days
  } and you have { $left }{ $lends ->
    [no] { "" }
   *[other] { " " }and may borrow at most { $lends }
  }. Which would you like?
not_enough_noted = Noted: "{ $reason }". Still, { $days } needs { $needed } and you have { $left }. Which would you like?
only_day = { $day } only
only_days = { $first } to { $last }
other_dates = Other dates
submitted = Sent: { $number }, waiting for { $who }. { $reminds }{ $aside }
reminds = I'll send { $asked ->
    [1] a reminder
   *[other] reminders
  } on { $at }.
reminds_soon = It starts { $start }, so I'll send { $asked ->
    [1] a reminder
   *[other] reminders
  } today at { $at }.{ $half ->
    [yes] { "" }
   *[no] { "" }
  }
aside = { " " }{ $cost } { $many ->
    [1] day is
   *[2] days are
  } set aside.
starts_today = today
starts_tomorrow = tomorrow
starts_on = on { $day }
see_status = Status
take_back = Take it back
cancelled = Cancelled. Nothing was sent; you still have { $left } { $many ->
    [1] day
   *[2] days
  }.
kept_open = Your leave request for { $days } is still here and was not sent. Go on with it?
kept_some = no dates yet
when_kind = { $kind }: which dates, { $name }? (for example: { $example })
confirm_cost = { $cost } { $many_cost ->
    [1] day
   *[2] days
  }: { $counted }.{ $each }
    From { $before } to { $left } left. Send it to { $head }?
confirm_clash = { $kind } { $days }, { $cost } working { $many_cost ->
    [1] day
   *[2] days
  }{ $reason }. { $head } will see the clash. Send it?
confirm_both = { $kind } { $days }, { $cost } working { $many_cost ->
    [1] day
   *[2] days
  }, then { $unpaid } without pay{ $reason }. { $left } { $many ->
    [1] day
   *[2] days
  } left after. Send it to { $head }?
confirm_short = Back to your leave ({ $cost } { $many_cost ->
    [1] day
   *[2] days
  }, { $brief }): send it to { $head }?
just_days = { $days }
after = { " " }{ $left } { $many ->
    [1] day
   *[2] days
  } left after{ $team }.
two = { $first } and { $second }
and = { $first } and { $last }
kind = { $code ->
    [annual] Annual leave
    [sick] Sick
    [menstrual] Menstrual leave
    [maternity] Maternity leave
    [miscarriage] Miscarriage leave
    [paternity] Paternity leave
    [own_marriage] Marriage leave
    [child_marriage] Leave for your child's wedding
    [child_circumcision] Leave for your son's circumcision
    [child_baptism] Leave for your child's baptism
    [bereavement_close] Bereavement leave
    [bereavement_household] Bereavement leave
    [religious_duty] Leave for a religious duty
    [long_leave] Long leave
    [unpaid] Unpaid leave
   *[other] { $name }
  }
care = { $what ->
    [sick] Get well soon.
    [miscarriage] I'm so sorry; take good care of yourself.
    [maternity] All the best to you both.
    [loss] I'm sorry for your loss.
   *[joy] Congratulations!
  }
day_off = { $day } is a holiday, { $name }.
day_off_collective = { $day } is cuti bersama (collective leave), { $name }; its day is set aside already.
so_many_unpaid = { $many ->
    [1] One day unpaid
   *[2] { $days } days unpaid
  }
clash = { $days }, { $cost } working { $many_cost ->
    [1] day
   *[2] days
  }. But on { $on } { $some ->
    [one] { $away } is off already, which leaves
    [yes] { $away } are off already, which leaves
   *[no] there would be only
  } { $present } of at least { $minimum } people.{ $instead } Which would you like?
clash_noted = Noted: "{ $reason }". On { $on } there would still be { $present } of at least { $minimum } people.{ $instead } Which would you like?
free_then = { " " }Free instead: { $days }.
take_instead = Take { $days }
ask_anyway = Ask anyway
collective_work = Yes, if { $head } agrees. The day comes back to you, and it is paid as an ordinary working day, not as overtime.
cancelled_kind = Cancelled. Nothing was sent.
what_if = { $left }{ $of } left{ $lost ->
    [yes] ; { $fate }:
   *[no] , and nothing is lost:
  } { $days } takes { $cost } { $many_cost ->
    [1] day
   *[2] days
  }{ $sum }.
of_kind = { " " }of { $kind }
untaken = { $code ->
    [annual] { "" }
   *[other] { $kind }:{ " " }
  }{ $fate }.
untaken_nothing = Nothing is lost; you have { $left } { $many ->
    [1] day
   *[2] days
  }{ $of } left.
goes_on = { $days } { $many ->
    [1] day goes
   *[2] days go
  } on into { $year }, to be used by { $until }
is_lost = { $days } { $many ->
    [1] day is
   *[2] days are
  } lost on { $on }
ask_days = Request { $days }
done_looking = That's all
collective_ask = Yes, if { $head } agrees. The day comes back to you, and { $day } is paid as an ordinary working day, not as overtime. Send it to { $head }?
collective_sent = Sent: { $number }, waiting for { $who }. I'll send { $asked ->
    [1] a reminder
   *[other] reminders
  } on { $at }.
record = { $care }{ $kind } { $days }, { $half ->
    [am] half a day, morning
    [pm] half a day, afternoon
   *[no] { $cost } { $unit ->
      [calendar] calendar{ " " }
     *[working] working{ " " }
    }{ $many_cost ->
      [1] day
     *[2] days
    }
  }{ $effect }.{ $papers ->
    [yes] { " " }{ $code ->
      [sick] Doctor's certificate
     *[other] The certificate
    } by { $paper }.
   *[no] { "" }
  } Record it?
record_keeps = ; annual leave stays as it is
record_instead = . Your leave on those days ({ $number }) is called off, { $back } { $many ->
    [1] day comes
   *[2] days come
  } back
record_short = Back to { $kind } { $days }: record it?
yes_record = Yes, record
only_today = Only today
came_back = { $back } { $many_back ->
    [1] day came
   *[2] days came
  } back; you have { $left } { $many ->
    [1] day
   *[2] days
  } of annual leave left.
lost_again = { $lost } { $many ->
    [1] day is
   *[2] days are
  } lost: the time to use { $many ->
    [1] it
   *[2] them
  } was over.
recorded = Recorded. { $head } knows you are away { $days }.{ $came_back }{ $papers ->
    [yes] { " " }Send a photo of the certificate here when you have it.
   *[no] { "" }
  }
certificate_which = Which one is this certificate for?
certificate_for = Is this the certificate for { $days }?
certificate_yes = Yes
certificate_no = No
certificate_received = Received. Only HR can open it; { $head } sees "certificate: yes".
withdrawn_kind = Taken back: { $number }.
back_to = { $back } { $many ->
    [1] day goes
   *[2] days go
  } back to { $year }, valid until { $until }.
call_off = { $number }, { $days }. Call all of it off? { $back }
yes_all = Yes, all of it
some_days = Some days
no_keep = Keep it
which_days = Which of { $days } do you call off?
call_off_sent = The wish to call it off went to { $who }. Until then the leave still holds. I'll send { $asked ->
    [1] a reminder
   *[other] reminders
  } on { $at }.
not_inside = Not yet: those dates are outside the leave, { $days }. Choose dates inside it.
change_which = { $lines }
    Which one gets other dates?
change_when = { $number }, { $days }. Which dates instead?
change_confirm = { $number } becomes { $days }, { $cost } working { $many_cost ->
    [1] day
   *[2] days
  } (it was { $was }). Send it to { $head }?
changed = { $number } was changed, waiting for { $who }. I'll send { $asked ->
    [1] a reminder
   *[other] reminders
  } { $today ->
    [yes] today at{ " " }
   *[no] on{ " " }
  }{ $at }.
balance = { $left } { $many ->
    [1] day
   *[2] days
  } of { $kind }, valid until { $until }.
balance_parts = { $left } { $many ->
    [1] day
   *[2] days
  } of { $kind }: { $parts }.
balance_part = { $days } { $many ->
    [1] day
   *[2] days
  } valid until { $until }
balance_on = { $left } { $many ->
    [1] day
   *[2] days
  } of { $kind } on { $on }{ $sum }, if no other leave is taken until then.
balance_was = { $left } { $many ->
    [1] day
   *[2] days
  } of { $kind } on { $on }.
balance_bare = { $left } { $many ->
    [1] day
   *[2] days
  } of { $kind }.
balance_none = { $kind } has no balance: it is counted each time it happens. You have { $left } { $many ->
    [1] day
   *[2] days
  } of annual leave.
no_lots_of = You have no { $kind } yet. The company grants it; ask HR.
no_lots = No { $kind } yet. The first days come on { $on }{ $months ->
    [0] { "" }
    [1] , after 1 month of work
   *[other] , after { $months } months of work
  }.
permit_as = A whole day away is asked for as leave here. You have { $left } { $many ->
    [1] day
   *[2] days
  } of annual leave. Which shall it be?
permit_hours = A few hours off can't be asked for here yet. Half a day of annual leave can; you have { $left } { $many ->
    [1] day
   *[2] days
  }. What would you like?
permit_half = Half a day's leave
permit_hr = Ask HR
figure_now = Left now: { $days }
figure_grant = Entitlement that comes on { $on }: { $days }
figure_collective = Cuti bersama (collective leave) { $year }: { $days }
figure_leave = Leave { $range }: { $days }
figure_lost = Lost on { $on }: { $days }
figure_carried = Carried into { $year }, at most { $most }: { $days }
figure_sum = { $sum } { $many ->
    [1] day
   *[2] days
  }.
why_choice = Why { $left }?
ask_choice = Request leave
cost_counted = Counted { $days }: { $cost } { $many ->
    [1] day
   *[2] days
  }
cost_idle = Not working days, not counted: { $days }
cost_off = { $collective ->
    [yes] Not counted { $day }: { $name }, set aside already
   *[no] Not counted { $day }: { $name }
  }
cost_paid = { $carried ->
    [yes] From last year's days, valid until { $until }: { $days }
   *[no] From the days valid until { $until }: { $days }
  }
balance_explained = { $lines }
line_collective = Cuti bersama{ $first ->
    [1] { " " }(collective leave)
   *[2] { "" }
  } { $name } { $days }: { $sum }
line_collective_ahead = Cuti bersama{ $first ->
    [1] { " " }(collective leave)
   *[2] { "" }
  } { $name } { $days }, set aside: { $sum }
line_request = { $number }, { $days }: { $sum }
line_given = { $kind ->
    [carry] Brought over from { $before }: { $days }
    [adjust] Adjustment { $year } by HR: { $days }
    [lent] Borrowed in { $before }: { $days }
    [expire] Expired from { $year }: { $days }
    [encash] Paid out from { $year }: { $days }
   *[grant] Entitlement { $year }: { $days }
  }
line_opening = { $first ->
    [yes] Opening balance of { $on }
   *[no] Set to the opening balance of { $on }
  }{ $named ->
    [yes] , from { $file }
   *[no] { "" }
  }: { $days }
line_requests = { $count } leave requests: { $sum }
line_sum = { $plus } - { $minus } = { $left } { $many ->
    [1] day
   *[2] days
  }.
standing = { $lines }
state_in_review = { $number }: { $days }, waiting for { $who }.
state_applied = { $number }: { $days }, approved by { $who }.
state_recorded = { $number }: { $days }, recorded.
state_rejected = { $number }: { $days }, not approved by { $who }: "{ $reason }".
state_withdrawn = { $number }: { $days }, taken back.
state_returned = { $number }: { $days }, { $who } asks for a change: "{ $reason }".
state_approved = { $number }: { $days }, approved by { $who }, being put into effect.
state_expired = { $number }: { $days }, closed without a decision.
state_cancel_requested = { $number }: { $days }, approved; cancelling it waits for { $who }.
state_cancelled = { $number }: { $days }, cancelled.
nothing_asked = You haven't asked for leave yet. Write for example "leave tomorrow" to ask.
nothing_to_withdraw = Nothing is waiting for a decision, so there is nothing to take back.
no_such_number = Not found: { $number } isn't a request of yours. Write "leave status" to see the numbers.
withdraw_which = { $lines }
    Which one do you take back?
withdraw_confirm = Take { $number } back, { $days }?{ $back }
yes_withdraw = Yes, take it back
keep = Leave it
kept = Fine, { $number } stays as it is.
withdrawn = Taken back: { $number }. { $back } { $many ->
    [1] day comes
   *[2] days come
  } back; you have { $left } left.
holidays = { $lines }
no_holidays = No public holiday in the next four months on the list yet.
title = { $kind }: { $name }
what = { $days }, { $cost } working { $many ->
    [1] day
   *[2] days
  }
what_am = { $days }, half a day, morning
what_pm = { $days }, half a day, afternoon
effect_undo = If approved, { $days } is called off: { $cost } { $many ->
    [1] day comes
   *[2] days come
  } back.
effect_undo_kind = If approved, { $days } is called off.
effect = { $left } { $days ->
    [1] day
   *[2] days
  } left after.
effect_team = { $team }: { $present } of { $people } people in, minimum { $minimum }.
approved = Approved by { $who }: { $half ->
    [am] half a day of leave, morning, on{ " " }
    [pm] half a day of leave, afternoon, on{ " " }
   *[no] leave{ " " }
  }{ $days }. You have { $left } { $many ->
    [1] day
   *[2] days
  } of annual leave left.
rejected = Not approved by { $who }: "{ $reason }". { $back } { $many ->
    [1] day comes
   *[2] days come
  } back; you have { $left }.{ $lost } How about { $instead }?
ask_that = Ask for that
not_now = Not now
ends_before_start = Not yet: { $ends } comes before { $starts }. Start with the first day, for example "12-14 August".
already_past = Not yet: { $starts } is over. Leave is asked for today or later.
too_long = Not yet: one request covers a year at most. Write a shorter range.
half_of_many = Not yet: half a day goes with a single date. Write one date.
only_days_off = No leave needed: { $days } is off anyway. Write another date if you need one.
not_enough_days = Not yet: { $days } needs { $needed }, and you have { $left } days of leave. Write other dates, or "leave balance" for the details.
no_lot = Not yet: there is no entitlement for { $on }. Next year's begins on 1 January.
overlaps = Not yet: you already have leave on { $on }. Write "leave status" to see it, or choose other dates.
not_in_a_row = One request is for days in a row. Write the first of { $days } now, the next one after it.
reason_too_long = That reason is too long. Use at most { $most } characters.
too_long_ago = Not possible: { $starts } is too long ago. What is past is recorded at most { $most } days later; talk to HR.
too_soon = Not possible: this leave is asked for at least { $notice } days ahead. The first date is { $first }.
no_halves = Not possible: this leave comes in whole days only. Write the date without "half a day".
event_too_long = Not possible: starting { $starts }, this leave ends on { $last } at the latest. Write an earlier last day.
event_used = Not possible: that takes { $needed } days, there are { $most_days }{ $per ->
    [month] { " " }a month
    [year] { " " }a year
    [employment] { " " }in all your time here
   *[request] { "" }
  } and { $used } are used. Write fewer days.
event_once = Not possible: this leave is had once with the same employer, and you have had it. Talk to HR.
not_offered = Not possible: { $kind } isn't there for you in this company. If you think that is wrong, talk to HR.
after_last_day = Your last day of work is { $last }, so leave is possible until then. If that is wrong, talk to HR.
not_yet = Not possible yet: the days begin on { $first }, after { $months } months of work.
not_encashable = Not possible: { $left } days may be paid out, you asked for { $needed }. Choose fewer.
blackout = Not possible: no leave on { $days } ({ $why }). { $free ->
    [none] Choose other dates.
   *[other] Possible: { $free }.
  }
blackout_why = Write why, in at most { $most } letters.
blackout_gone = Those days are open again already. Load the page anew.
document_had = The paper for { $days } is here already. To replace it, send the new one through HR.
collective_posted = Collective leave of { $year } is posted already. Undo it first to post it again.
collective_undoing = The days of { $year } are still being given back. Post it again once that is done.
collective_no_kind = No kind of leave of yours pays for collective leave, so posting { $year } would hold nothing. Tick "Collective leave is taken from these days" for one of them first.
collective_none = The calendar has no collective leave in { $year } yet. Add its days there first.
batch_undone = That was undone before. Load the page anew.
nothing_to_recount = No leave needs counting again. Load the page anew.
recount_running = Leave is being counted. Wait until that is done, then load the page anew.
recount_undone = This count was undone before. Load the page anew.
recounted = The calendar changed, so your { $kind } { $days } was counted again: it is { $cost } { $many ->
    [1] day
   *[2] days
  } now. { $way ->
    [more] { $change } more { $change_many ->
        [1] day was
       *[2] days were
      } taken from your balance.
   *[less] { $change } { $change_many ->
        [1] day came
       *[2] days came
      } back.
  }{ $left }
recounted_same = The calendar changed, so your { $kind } { $days } was counted again: still { $cost } { $many ->
    [1] day
   *[2] days
  }, but other ones.{ $left }
away = { $name } is away on { $days }.
away_am = { $name } is away on { $days }, half a day, morning.
away_pm = { $name } is away on { $days }, half a day, afternoon.
approved_kind = Approved by { $who }: { $kind }, { $half ->
    [am] half a day, morning, on{ " " }
    [pm] half a day, afternoon, on{ " " }
   *[no] { "" }
  }{ $days }.{ $left }
left_of = You have { $left } { $many ->
    [1] day
   *[2] days
  } left of it.
rejected_kind = { $kind } not approved by { $who }: "{ $reason }". How about { $instead }?
days_of = { $days } of { $number }
some_of = Part of { $number }
called_off = { $number } is called off. { $back } { $many ->
    [1] day comes
   *[2] days come
  } back; you have { $left } { $left_many ->
    [1] day
   *[2] days
  } of { $kind } left.
called_off_kind = { $number } is called off: { $back } { $many ->
    [1] day
   *[2] days
  } of { $kind } no longer hold.
document_reminder_late = We have no paper for { $days } yet. Send a photo here; only HR can open what it says.
document_reminder = The paper for { $days } is expected today. Send a photo here; only HR can open it.
not_enough_days_left = Not possible: that is { $needed } days, and { $left } are there. Choose fewer.
nothing_to_cancel = Not possible: no day of { $days } is still ahead. Days that are past are corrected by HR.
policy_wrong = This policy can't be saved yet: look at the { $field ->
    [name] name
    [days] number of days
    [months] number of months
    [carry_days] days carried over
    [negative] days lent
    [decision] way it is decided
    [schedule] schedule of grants
    [code] code: small letters, digits and _
    [source] source
    [round_to] rounding
    [document_after] day from which a paper is due
    [pay] pay by months
   *[other] field that is marked
  }.
policy_basis = When the year begins can't be changed any more: days of this kind were granted already. Make a new kind.
policy_last_lost = The last days would be given on the last day of the year and expire at once. Give them at the beginning, or carry at least { $needed } days.
law_days = The law gives at least { $needed } days ({ $source }). More is possible, less is not.
law_months = The law gives at least { $needed } months ({ $source }). More is possible, less is not.
law_service = The law gives this leave after { $most } months of work ({ $source }). Sooner is possible, later is not.
law_decision = The law gives this leave on the employee's word ({ $source }). It is recorded and needs no approval.
law_notice = The law gives this leave when it happens ({ $source }). It can't be made to wait for notice.
law_active = The law gives this leave to everybody ({ $source }), so it can't be taken off the list.
law_schedule = The law gives days of this kind every year ({ $source }). Choose when they fall due.
law_pay = In month { $month } the law pays at least { $percent }% of the wage ({ $source }). More is possible, less is not.
too_many_examples = Those are too many examples. Keep at most { $most }.
policy_past = A policy holds from today on, not from { $since }. Choose another date.
policy_begun = This rule has been in force since { $since } and can't be withdrawn. Put a draft down from today or later.
policy_later = The version from { $since } builds on this rule. Withdraw that one first.
policy_withdrawn = This rule was withdrawn already. Load the page again to see its draft.
policy_same_day = Another policy holds from { $since } already. Choose another date.
example_fails = Not published yet: { $number } of its examples come out otherwise than written. See the draft: accept the new outcome, or change the rule.
example_changed = They come out otherwise than you saw. Look at the examples again.
opening_unknown = There is no employee with this number, or they have left.
opening_kind = No kind of leave with a balance is called this. Use its name, such as Annual leave, or its code, such as annual.
opening_days = Not a number of days. Write 0 to 400, halves allowed (3 or 3.5).
opening_twice = A line before has this employee for the same kind of leave.
opening_date = Not a date that is still ahead. Write it like 31/12/2026 (the day first), 31 December 2026, or 2026-12-31.
opening_taken = This file was taken before. Undo it first to take it again.
opening_used = It can't be undone: some of the days are used already. Correct them person by person.
no_collective_day = I couldn't find that day of collective leave. Write its date, for example "work on the collective leave 28 May".
collective_over = { $on } is past. If you worked that day, talk to HR.
collective_asked = You have asked to work on { $on } already. Write "leave status" to see it.
work_title = Working on collective leave: { $name }
work_what = At work on { $day }
work_effect = 1 day comes back; it is paid as an ordinary working day, not as overtime.
work_agreed = Agreed by { $who }: you work on { $day }. 1 day comes back; you have { $left } { $many ->
    [1] day
   *[2] days
  } of annual leave left.
work_refused = Not agreed by { $who }: "{ $reason }". { $day } stays collective leave.
worked_told = HR has recorded that you worked on { $day } ("{ $why }"). { $unpaid ->
    [yes] It no longer counts as unpaid leave.
   *[no] 1 day comes back; you have { $left } { $many ->
        [1] day
       *[2] days
      } of annual leave left.
  }
worked_undone_told = HR took back that you worked on { $day }. { $unpaid ->
    [yes] It counts as unpaid leave again.
   *[no] It counts as collective leave again; you have { $left } { $many ->
        [1] day
       *[2] days
      } of annual leave left.
  }
worked_none = There is no collective leave behind us that anybody had off.
worked_no_day = Nobody has that day off any more. Choose the day again.
worked_nobody = Tick at least one person who worked.
worked_why = Write why they worked, { $most } characters at most.
worked_changed = Meanwhile it is { $number ->
    [one] one person
   *[other] { $number } people
  }, not as many as you looked at. Look again, then record it.
payout_days = Write a number of days above zero, halves allowed (1.5).
payout_own = Your own days are paid out, or put back, by another administrator.
payout_changed = The balance changed after you looked at it. Look again, then pay out.
payout_why = Write the reason, { $most } characters at most.
paid_out = { $days } { $many ->
    [1] day
   *[2] days
  } of { $kind } are paid out and no longer there to take. You have { $left } { $left_many ->
    [1] day
   *[2] days
  } left. HR recorded it; if that is wrong, tell HR.
payout_undone = Paying out { $days } { $many ->
    [1] day
   *[2] days
  } of { $kind } was undone. You have { $left } { $left_many ->
    [1] day
   *[2] days
  } left.
nobody_away = { $days }: nobody on your team is marked as away.
these_away = Away { $days }:
  { $lines }
and_more_away = and { $count } more
half_away_am = { $day } (morning)
half_away_pm = { $day } (afternoon)
team_too_long = Name three months at most, for example "who is away next week".
go_on_short = Back to your { $kind ->
    [annual] leave
    [sick] sick days
   *[other] request
  }{ $days ->
    [none] { "" }
   *[other] { " " }({ $days })
  }?
loses = { $lost } { $many ->
    [1] day is
   *[2] days are
  } lost at once ({ $days }): the time to use { $many ->
    [1] it
   *[2] them
  } is over.
call_off_some = { $number }: call { $days } off? { $back }
yes_these = Yes, call off
policy_collective = Collective leave is taken from another kind already. Let that kind go without it first.
certificate_more = Shall I put this to the papers of { $days }?
certificate_added = Added: { $number } files now. Only HR can open them.
papers_full = { $days } has { $most } files already, the most there can be. Send further ones to HR.
called_off_here = { $number } is called off.
entered_asked = HR has asked for this on your behalf ({ $words }): { $kind } { $days }{ $half ->
    [am] { " " }(morning)
    [pm] { " " }(afternoon)
   *[no] { "" }
  }, { $cost } { $many ->
    [1] day
   *[2] days
  }. It is { $number } and waits for { $who }.{ $left } If this is not what you meant, tell HR or write "withdraw { $number }".
entered_recorded = HR has recorded this for you ({ $words }): { $kind } { $days }{ $half ->
    [am] { " " }(morning)
    [pm] { " " }(afternoon)
   *[no] { "" }
  }, { $cost } { $many ->
    [1] day
   *[2] days
  }. Its number is { $number }.{ $left } If that is wrong, tell HR.
entered_instead = { $number } is called off on those days, { $back } { $many ->
    [1] day
   *[2] days
  } back.
entered_paper = The paper is expected by { $day }.
taken_out = HR has taken back { $number }, which it recorded for you: { $kind } { $days } ({ $words }).{ $back }{ $left }
taken_out_back = { " " }{ $back } { $many ->
    [1] day is
   *[2] days are
  } back.
entered_own = For yourself: ask on your own leave page, or have somebody else record it.
entered_nobody = What was agreed to on paper is recorded by an administrator whose name is known here.
entered_words = Write how you know, for example "call at 07:10" or "form of 3 March, signed by Sari"; { $most } letters at most.
entered_told_on = Fill in the day it was told: not after today and not before { $first }.
entered_past = { $starts } is over, so nobody can agree to it beforehand any more. If it was agreed to on paper, choose that way.
entered_changed = Things changed after you looked. Look again, then record it.
paper_type = Not possible: a paper is a photo (JPG, PNG, WEBP) or a PDF.
adjust_days = Write a number of days above zero, fractions allowed (1.5); 400 at most.
adjust_from_lot = To take days off, choose the entitlement they come from.
adjust_until = Valid through a day between { $first } and { $last }.
adjust_lot = That entitlement is no longer valid. Choose another.
adjust_changed = The balance changed after you looked. Look again, then put it right.
adjust_own = One's own balance is put right, or put back, by somebody else.
adjust_why = Write the reason, { $most } letters at most.
adjust_used = It can't be taken back yet: some of those { $needed } days are spent, { $left } are left. Cancel that leave first, or take days off by hand.
adjusted_told = HR has put your { $kind } right: { $change } { $count ->
    [1] day
   *[2] days
  } ("{ $why }"). You now have { $left } { $many ->
    [1] day
   *[2] days
  } left. If that is wrong, tell HR.
adjust_undone_told = HR has taken back its correction of your { $kind } by { $change } { $count ->
    [1] day
   *[2] days
  } ("{ $why }"). You now have { $left } { $many ->
    [1] day
   *[2] days
  } left.
away_again = The leave that had given way to that record is in effect again: { $days }.
again = { $kind } { $number } { $days } is in effect again, { $cost } { $many ->
    [1] day
   *[other] days
  }.
again_not = { $days } of { $number } is not in effect again: { $why ->
    [off] that leave was called off by itself
    [gone] it is after the last day of work
    [free] it is no working day any more
    [away] there is other leave on that day
    [few] too few of the team would be in
   *[used] no days are left that could pay for it
  }. Ask for it again if it is still needed.
away_unsaid = HR has taken back the record that { $name } is away on { $days }.
recap = Your leave in { $year }. It is for you alone; I delete this message after 24 hours, or write "delete".
recap_stays = Your leave in { $year }. It is for you alone; I cannot take it back here, so delete it when you no longer need it.
recap_file = leave-{ $year }
recap_title = Leave in { $year }
recap_made = Made on { $on }
recap_balance = Annual leave
recap_asked = Requests
recap_empty = No leave is on record for { $year }.
recap_on_page = All of your leave is at { $link }. As a file, I send it on Telegram and WhatsApp.
history = Your leave up to today, the latest first:
    { $lines }
history_more = And { $number } more; write "leave summary" or name the year for all of it.
history_none = { $year ->
    [none] You have had no leave on record here yet.
   *[other] You had no leave on record here in { $year }.
  } What is still ahead is under "status".
family_no_day = { $event ->
        [marriage] No paid day is set aside for the wedding of a brother, a sister, another relative or a friend; UU 13/2003 art. 93(4) gives it for your own and your child's alone.
        [circumcision] No paid day is set aside for a relative's circumcision; UU 13/2003 art. 93(4) gives it for your child's alone.
        [baptism] No paid day is set aside for a relative's baptism; UU 13/2003 art. 93(4) gives it for your child's alone.
        [birth] No paid day is set aside when a relative gives birth; UU 13/2003 art. 93(4) gives it when your wife does.
       *[death] My condolences. 1 day is paid if they lived in your household; otherwise it is annual or unpaid leave (UU 13/2003 art. 93(4)).
    }
family_unpaid = Unpaid instead
family_bereavement_household = Household, 1 day
