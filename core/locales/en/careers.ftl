# What is planned for people, and how many there were
title = Careers
heading = { $count ->
    [one] One change in the next { $days } days
   *[other] { $number } changes in the next { $days } days
  }
heading_none = No changes in the next { $days } days
list = To come
within = Within
days = { $days } days
on = On
kind = What happens
any = Anything
what = From and to
undo_head = Change
is_joins = Joins
is_moves = Work changes
is_ends = Last day
is_contract_ends = Contract ends
edit = Edit
take_back = Take back
cut = The first { $number } are shown. Choose fewer days to see all of them, or take the list as a file.
empty = Nothing is planned for the next { $days } days. A change with a later date, on somebody's page, stands here.
count = People by month
said = In the last 12 months { $joined } joined and { $left } left; { $people } work here now.
head_month = Month
head_joined = Joined
head_left = Left
head_people = People at its end
planned = planned
