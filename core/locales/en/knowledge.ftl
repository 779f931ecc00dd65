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
