# Articles: the list, finding one, and what is filled in for its reader
ask_desk = Ask the help desk
beside = Related articles
dated = In force since { $on }, looked through again by { $by } at the latest.
days = { $days } days
due = This article is past its review. If in doubt, ask HR.
for_admins = For HR administrators
for_agents = For the help desk
for_employees = For employees
for_operators = For whoever runs Serambi
found = { $count ->
    [0] No article for "{ $asked }"
    [one] One article for "{ $asked }"
   *[other] { $number } articles for "{ $asked }"
}
lead = Search in your own words, or choose a title.
none_ahead = none yet
not_known = (not on record)
nothing = There is no article on it yet. Try other words, or ask the help desk.
of_company = written by { $name }
open_chat = Open the chat
search = Search
search_hint = marriage leave how many days
source = Source
title = Help
answered = Did that answer it?
done_yes = Thank you, noted.
done_no = Noted. The help desk can answer it:
topic_own = From { $company }
topic_other = More
topic_first = Using Serambi
topic_leave = Leave
topic_family = Family and religion
topic_health = Illness and accidents
topic_time = Working hours and overtime
topic_pay = Pay and THR
topic_tax = Tax
topic_insurance = BPJS (social security)
topic_leaving = Leaving the company
topic_privacy = Personal data
topic_desk = Help desk
topic_people = People and roles
topic_talk = Articles and the talk
topic_channels = Chat channels
topic_deadlines = Deadlines
topic_running = Running Serambi
