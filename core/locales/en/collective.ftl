# Collective leave, HR's page
title = Collective leave { $year }
years = Years
heading_none = There is no collective leave for { $year } yet.
heading = { $count ->
    [one] Collective leave { $year }: one day for { $people } people, not posted yet.
   *[other] Collective leave { $year }: { $number } days for { $people } people, not posted yet.
  }
heading_posted = { $count ->
    [0] Collective leave { $year } is posted, and all its days are over.
    [one] Collective leave { $year } is posted, one day is still ahead.
   *[other] Collective leave { $year } is posted, { $number } days are still ahead.
  }
lead = Its days come from the company's calendar. They are taken from { $kind }.
lead_unpaid = Its days come from the company's calendar.
no_payer = No kind of leave pays for these days
no_payer_told = These days are taken from the kind of leave that says so, and none of yours does. Posting would hold nothing for anybody. Open the kind that is to pay, as a rule annual leave, tick "Collective leave is taken from these days", and come back.
no_payer_posted = The year is posted, but none of your kinds of leave pays for these days any more, so nothing further is held. Open the kind that is to pay and tick "Collective leave is taken from these days".
no_payer_go = To the kinds of leave
running = It is being done part after part; you may leave this page.
effect = What it does, before it is posted
outcome = Outcome
enough = have enough days
ahead = The days of { $year } are not granted yet, so nobody can be said to have too few. What is posted now is taken as soon as they are.
short = have too few days
ways = For those who have too few days
way_exempt = Exempt
way_exempt_does = A day that nothing pays for takes nothing away.
way_unpaid = Unpaid
way_unpaid_does = A day that nothing pays for is recorded as unpaid leave.
way_advance = In advance
way_advance_does = The balance falls below nothing and the next grant makes up for it. Days before somebody's first leave is valid are free of charge.
post = Post for { $people } people
reversible = All of it can be undone; everybody gets their days back where they came from.
batch = The posting
state_running = being done
state_done = done
batch_told = Posted { $at }. Those with too few days: { $way }.
undo = Undo for everybody
done_posted = Collective leave { $year } is posted.
done_undone = Collective leave { $year } is undone. Everybody has their days back.
days = Its days
short_list = { $count ->
    [one] One person has too few days
   *[other] { $number } people have too few days
  }
missing = Not paid for
asked = Asked of them
afterwards = Left afterwards
who_all = All of them
who_enough = Enough days for { $year }
who_short = Too few days for { $year }
who_lead = As things stand today. Nothing is posted yet; a day on which somebody is away or worked is not asked of them.
who_nobody = Nobody.
lent_to = Left if lent
beyond = { $days } free of charge: no leave is valid then
places = What it costs at each place
place_people = { $count ->
    [one] one person
   *[other] { $number } people
  }
place_days = { $count ->
    [0] no days
    [one] one day
   *[other] { $number } days
  }
place_short = { $count ->
    [one] one has too few days
   *[other] { $number } have too few days
  }
place_more = { $names } and { $number } more
free_holiday = { $day }: holiday there ({ $name })
free_worked = { $day }: worked there
free_no_workday = { $day }: no working day there
place = Place
people = People
cost = Costs
not_there = Costs nothing there
progress_posting = Done for { $done } of { $total } people
progress_undoing = { $done } of { $total } days given back
undoing = It is undone. The days are being given back part after part; you may leave this page. It can be posted again once that is done.
state_stopped = stopped
stopped = The work stopped after five failures. Have it tried again under Jobs.
stopped_go = To the jobs
worked = Who worked on collective leave
worked_lead = Choose a day that is over and tick who worked. Their day comes back where it came from, and they are told.
worked_none = There is no collective leave behind us that anybody had off.
worked_day = Day
worked_back = What comes back
worked_gives = 1 day
worked_unpaid = No longer unpaid leave
worked_asked = Their own wish ({ $number }) waits for a decision
worked_oneself = Somebody else has to record this for you
worked_nobody = Nobody had this day off.
worked_tick = { $name } worked
worked_why = Why they worked
worked_why_hint = The people concerned read it too.
worked_look = Look first: those ticked
worked_look_all = Look first: all { $number } who match
worked_page = Ticks hold for this page. Narrow the list, or go page by page: each is a batch of its own.
worked_looked = { $count ->
    [one] { $day }: one person worked
   *[other] { $day }: { $number } people worked
  }
worked_days = { $count ->
    [0] No day comes back.
    [one] One day comes back where it came from.
   *[other] { $number } days come back where they came from.
  }
worked_of_unpaid = { $count ->
    [one] One day is no longer unpaid leave.
   *[other] { $number } days are no longer unpaid leave.
  }
worked_lost = { $count ->
    [one] One of them lapses at once, since its year is over.
   *[other] { $number } of them lapse at once, since their year is over.
  }
worked_further = { $count ->
    [one] and one more
   *[other] and { $number } more
  }
worked_record = { $count ->
    [one] Record it for one person
   *[other] Record it for { $number } people
  }
worked_not = Not yet
worked_batches = Recorded
worked_batch = { $count ->
    [one] { $day }, one person. { $why }
   *[other] { $day }, { $number } people. { $why }
  }
worked_batch_by = Recorded { $at }
worked_batch_undone = Put back { $at }
worked_batch_left = { $count ->
    [one] for one person it could not be, since the day is spent or they are away then otherwise
   *[other] for { $number } people it could not be, since the day is spent or they are away then otherwise
  }
worked_progress = { $done } of { $total } people
worked_undo = Put back
worked_recorded = It is recorded. Their days are coming back part after part.
worked_undone = It is being put back: the day counts as collective leave again.
worked_short = Worked on collective leave
