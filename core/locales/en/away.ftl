# Leave calendar: who is away, by department and day
title = Leave calendar
heading = Who is away, { $month }
most = The most on { $day }: { $number } of { $people } people.
nobody = Nobody is on leave this month yet.
nobody_ahead = Nobody is on leave from today until the end of the month.
thin_days = { $count ->
    [one] Below the minimum once.
   *[other] Below the minimum { $number } times.
 }
own_line = You see only the people under you.
months = Other months
before = Previous month
after = Next month
month = Month (year-month)
place = Place
any_place = All places
only_thin = Only below the minimum
table = Away by department and day
department = Department
no_department = No department
all = Everybody
scale = Shaded by the share that is away:
scale_few = under 6%
scale_free = day off
thin = below the minimum
of = { $number } of { $people }
no_rows = No department fits. Change the place or the month.
names = Away on { $day }
names_none = Nobody of this department is on leave that day.
more_names = Only the first { $number } names are shown.
pending = waiting
