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
lead = Its days come from the company's calendar. They are taken from annual leave.
running = It is being done part after part; you may leave this page.
effect = What it does, before it is posted
outcome = Outcome
enough = have enough days
short = have too few days
ways = For those who have too few days
way_exempt = Exempt
way_exempt_does = A day that nothing pays for takes nothing away.
way_unpaid = Unpaid
way_unpaid_does = A day that nothing pays for is recorded as unpaid leave.
way_advance = In advance
way_advance_does = The balance falls below zero and the next grant makes up for it.
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
missing = Missing
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
