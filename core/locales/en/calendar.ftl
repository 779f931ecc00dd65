why_missing = Write the reason first: every change to the calendar is kept with its reason.
day_unclear = { $on } is not complete yet: give it a name and a kind.
week_empty = A working week without a single hour cannot be saved. Give at least one day its hours.
hours_unclear = Working hours must follow each other between 00:00 and 24:00, for example 08:00-12:00, then 13:00-17:00.
ends_before_start = The end must come after the start. Check the dates and times.
closure_decided = This closure has been decided already. Reload the page to see how it stands.
needs_a_second = A closure takes two people: whoever asks and whoever approves must differ, and both must work here.
policy_unknown = There is no policy { $policy }. These exist: { $known }.
date_unclear = The date or time cannot be read. Write it like 2026-08-17, with a time like 2026-08-17T08:00.
place_unknown = That place is not in this company. Choose one from the list.
decree_columns = The list cannot be read: there is no column { $missing }. Its first line must hold: { $columns }.
decree_line = Line { $line } cannot be read, column { $what }: { $what ->
    [date] write the date like 2027-08-17.
    [kind] it holds national or cuti_bersama.
    [status] it holds decreed, amended, published, estimated, or nothing.
   *[name_id] write the name of the day.
  }
decree_letter = Line { $line }: the letter { $value } only looks like a Latin one. Type that word again in ordinary letters.
source_long = The name of the decree has { $length } characters; { $most } are the most. Write its number alone, such as SKB 3 Menteri No. 1497/2025.
decree_source_long = Line { $line }: the column decree has { $length } characters; { $most } are the most. Write the number of the decree alone.
decree_name_long = Line { $line }: the column { $what } has { $length } characters; { $most } are the most. Shorten the name.
too_long = { $what ->
    [name] The name of the day
    [reason] The reason of the closure
   *[why] The reason
  } has { $length } characters; { $most } are the most. Shorten it.
decree_long = The list is too long. { $most } lines at once are the most.
# The page of calendar settings
title = Working calendar
told = Version { $number }. Every change is a new version with its reason; promises and leave already counted never change by themselves.
saved_day = Saved. The day holds from now on.
saved_collective = Saved. Collective leave counts by this choice from now on.
saved_week = Saved. The new working week shows below.
saved_closure = Saved. How the closure stands shows below.
saved_decree = Saved. The new list holds from now on.
touched = { $count ->
    [one] One leave is counted otherwise now
   *[other] { $number } leaves are counted otherwise now
 }
touched_told = This leave was counted before the calendar changed. Nothing changes by itself: look at what it does to each person, then count it again.
recount_open = Look and count again
recount_title = Count leave again
recount_heading = { $count ->
    [one] { $number } leave is counted otherwise now
   *[other] { $number } leaves are counted otherwise now
  }
recount_heading_none = All leave is counted as the calendar says
recount_lead = The calendar changed after this leave was counted. Days that became free go back to the balance; days that became working days are taken from it. The people are told.
recount_none = No leave from today on differs from the calendar.
recount_all = Count all again ({ $number })
recount_some = Count the ticked ones again
recount_none_picked = Tick the leave to count again first, or count all again.
recount_days = What changes
recount_change = Balance
recount_free = { $day } becomes a day off
recount_worked = { $day } becomes a working day
recount_short = Not enough left: { $left } { $count ->
    [one] day
   *[other] days
  }. This leave stays as it is; talk to the person.
recount_done = Counting has begun. This page shows how far it is.
recount_undone = Put back as it was before.
recount_batches = Counted again
recount_batch = { $done } of { $people } counted again
recount_batch_undone = Undone
recount_running = Under way
recount_left = { $number } unchanged: not enough days left
recount_stays = { $number } not put back: the days are over, or what came back was spent
recount_undo = Put back
recount_more = The first { $number } are shown; "Count all again" is for all of them.
days_of = Days off in { $year }
days_none = No days off are known for { $year } yet. Paste the list of the joint decree below.
years = Other years
day = Date
name = Name
name_id = Name in Indonesian
name_en = Name in English
kind = Kind
kind_national = national holiday
kind_collective = collective leave
kind_company = day off of the company
kind_working = worked all the same
kind_worked = collective leave, worked here
kind_hint = "Worked all the same" opens a day that the national list closes, or a Saturday worked instead.
status = Certainty
status_decreed = decreed
status_amended = changed by a new decree
status_published = announced
status_estimated = estimated
source = Source
source_hint = The number of the decree or letter it rests on.
change = Change
take_back = Take back
why = Reason for the change
where = Holds for
everywhere = All places
add_day = Add a day
save_day = Save the day
collective = Collective leave
collective_closed = Days of collective leave are free here, and are taken from annual leave.
collective_open = This company works on days of collective leave.
collective_to_open = Work on collective leave
collective_to_closed = Close on collective leave
decree = A new list of holidays
decree_list = List (CSV)
decree_hint = Columns: date, name_id, name_en, kind (national or cuti_bersama), status, decree. Only the years in the list are touched.
decree_preview = What would change
decree_nothing = Nothing: all of it holds already.
decree_added = Add: { $day }, { $name }
decree_same = Change: { $day }, { $name }: { $old } becomes { $now }
decree_changed = Change: { $day }, { $old } becomes { $name } ({ $status })
decree_removed = Remove: { $day }, { $name }
decree_stays = Still worked, as the company chose: { $day }, { $name }
decree_look = See what changes
decree_apply = Have this list hold
weeks = Working weeks, the next 14 days
free = free
add_week = Change a working week
week_hint = Write the hours of each day, for example 08:00-12:00, 13:00-17:00. Empty means free. The break between them parts morning from afternoon leave.
from = Holds from
save_week = Save the working week
closures = Closures by what nobody could help
closures_none = There are no closures.
add_closure = Ask for a closure
closure_hint = For floods, earthquakes and the like. Service hours stop meanwhile. A second person has to approve.
starts = From
ends = Until
no_end = nobody knows until when
reason = What happened
ask_closure = Ask for approval
asked_by = Asked for by { $name }
approved_by = approved by { $name }
waits = waits for a second person
in_force = in force
approve = Approve
drop = Drop
over_at = Over at
end = Save its end
history = History
history_none = This calendar has never been changed.
version = Version { $number }
confirm_again = Not yet: confirm again from { $at }, 12 hours after it was asked for.
again_from = Can be confirmed from { $at }
recount_page = Leave that the calendar now counts otherwise
told_national = { $day } public holiday: { $name }{ $place }
told_collective = { $day } collective leave: { $name }{ $place }
told_company = { $day } off: { $name }{ $place }
told_working = { $day } worked all the same: { $name }{ $place }
told_taken_back = { $day } taken back: { $name }{ $place }
told_more = and { $number } more days
told_week = Working week from { $day }{ $place }
told_closure = Closure from { $first }{ $place }, end not known yet
told_closure_until = Closure from { $first } to { $last }{ $place }
told_closure_ended = Closure from { $first }{ $place } ended { $last }
told_collective_closed = Collective leave became days off
told_collective_open = Collective leave became working days
desk_only = The help desk alone
desk_only_hint = The clocks of tickets stop; working days and leave stay as they are. With a place: only for who asks from there.
desk_chip = help desk
evidence = Evidence
evidence_add = Add evidence
evidence_again = Put another in its place
evidence_hint = A picture, PDF or table up to 10 MB: a circular, say, or a photo of the flood. The second person sees it before approving.
evidence_send = Keep evidence
evidence_open = Open evidence
evidence_open_of = Open the evidence of the closure: { $reason }
evidence_nobody = Evidence is added by an employee of this company. Sign in with your employee account.
evidence_there = This closure has its evidence already, or is over; it is not replaced any more.
saved_evidence = The evidence is kept.
