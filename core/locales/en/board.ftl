# The board of the day
title = Today
heading = { $gone ->
    [0] { $scheduled } people are scheduled today, and nobody is on leave.
   *[other] { $scheduled } people are scheduled today, { $away } of them on leave.
  }
heading_holiday = Today is a holiday, { $name }. { $people } people are not scheduled.
heading_weekend = It is the weekend. { $people } people are not scheduled.
bar_title = { $count ->
    [one] One person works here
   *[other] { $number } people work here
  }
bar_who = Where they are
bar_number = People
bar_here = due in today
bar_leave = on leave
bar_collective = on collective leave
bar_off = day off
needs = Needs you today
needs_none = All is well. What needs a person appears here, the most harmful first.
look = Look
undecided_soon = { $count ->
    [one] One leave begins soon without an answer
   *[other] { $number } leaves begin soon without an answer
  }
begins_soon = The first begins within { $number } days. Whoever asked is still waiting.
begun = The first has begun. Whoever asked is still waiting.
tickets_late = { $count ->
    [one] { $number } ticket is past its target
   *[other] { $number } tickets are past their target
  }
tickets_late_what = Whoever asked is waiting longer than they should.
tickets_untaken = { $count ->
    [one] { $number } ticket is not picked up
   *[other] { $number } tickets are not picked up
  }
tickets_untaken_what = Nobody looks after them yet.
overdue = { $count ->
    [one] One approval is overdue
   *[other] { $number } approvals are overdue
  }
overdue_what = Their heads were asked to decide too.
closures = { $count ->
    [one] One closure waits for you to approve it
   *[other] { $number } closures wait for you to approve them
  }
closures_what = Until a second person approves, its days and hours still count.
parked = { $count ->
    [one] One job stopped after five failures
   *[other] { $number } jobs stopped after five failures
  }
parked_what = It is not tried again by itself. See why, then try again.
undelivered = { $count ->
    [one] One message did not arrive in the last seven days
   *[other] { $number } messages did not arrive in the last seven days
  }
undelivered_what = Whoever it was for does not know yet.
shut_chats = { $count ->
    [one] One person has shut the only chat they had
   *[other] { $number } people have shut the only chat they had
  }
shut_chats_what = Nothing reaches them but their web page.
away = { $count ->
    [0] Nobody is on leave
    [one] One person is on leave today
   *[other] { $number } people are on leave today
  }
away_none = Everybody who is scheduled is due in.
away_until = until { $day }
away_am = morning
away_pm = afternoon
waiting = { $count ->
    [0] Leave to decide
    [one] One leave awaits a decision
   *[other] { $number } leaves await a decision
  }
waiting_all = All { $number }
waiting_none = Nothing awaits a decision.
minutes = { $count ->
    [one] 1 minute
   *[other] { $number } minutes
  }
hours = { $count ->
    [one] 1 hour
   *[other] { $number } hours
  }
days = { $count ->
    [one] 1 day
   *[other] { $number } days
  }
key_open = Open what needs you, by its number
set_up_heading = { $company } has no employees yet.
set_up_title = First steps, { $number } of { $all } done
step_done = done
step_open = open
step_go = Do it
set_up_people = Bring in the employees
set_up_people_told = { $count ->
    [0] Nobody yet. One CSV or XLSX file is enough for everybody.
   *[other] Only { $number } so far. One CSV or XLSX file is enough for everybody.
  }
set_up_linked = Link their chats
set_up_linked_told = { $count ->
    [0] Nobody has linked a chat.
   *[other] { $number } people are linked.
  }
set_up_days = Check the holidays
set_up_days_told = { $count ->
    [0] There are no holidays for this year.
   *[other] { $number } national holidays and days of collective leave are known for this year.
  }
set_up_roles = Share out administrator roles
set_up_roles_told = { $count ->
    [0] There is no administrator.
   *[other] { $number } hold an administrator role. Two are safer than one.
  }
team = On leave today in { $department }
team_none = Nobody of your department is on leave today.
papers = { $count ->
    [one] One paper has not come
   *[other] { $number } papers have not come
  }
papers_what = The leave still holds. Ask for the paper, then open it in the leave list.
blocked = { $count ->
    [one] One account was blocked by its owner
   *[other] { $number } accounts were blocked by their owners
  }
blocked_what = They can neither sign in nor ask until the block is lifted.
imports = { $count ->
    [one] One file of people was checked and not applied
   *[other] { $number } files of people were checked and not applied
  }
imports_what = Nothing of it holds until it is applied.
headless = { $count ->
    [one] One person has nobody above
   *[other] { $number } people have nobody above
  }
headless_what = What they ask for goes to the administrators.
unlinked = { $count ->
    [one] One person has not linked a chat
   *[other] { $number } people have not linked a chat
  }
unlinked_what = They hear of anything on these pages only.
promises_broken = { $count ->
    [one] { $number } promise to a requester is broken
   *[other] { $number } promises to requesters are broken
  }
promises_broken_what = Whoever asked was told when. Answer these before all others.
