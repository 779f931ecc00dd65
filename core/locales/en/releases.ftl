# What is new each quarter
title = Release notes
told =
    { $title }: { $lead }
    All of it: { $address }
    Rather not hear this? Write "quiet hours".
told_of = Release { $releases }, published on { $day }.
running = { $release } runs here
next = The next notes come on { $day }.
earlier = Earlier notes
# At the operator's
lead = What users are told of each quarter: count first, then send. Everybody gets it once, in their language, never in their quiet hours.
quarters = Quarters
quarter = Quarter
releases = Releases
state = State
told_count = Told
none = No release notes are published yet.
as_read = As everybody reads it
reach = Who is told
not_counted_yet = Nobody is told yet. Count first: how many would get it, in which channel.
counting = Being counted, company by company.
people_of = { $count ->
    [one] { $number } person
   *[other] { $number } people
} in { $companies } companies would get it.
unwanted = { $number } more want no news.
counted_at = Counted { $at }.
channel = Channel
people = People
when = When
when_chat = At once; in quiet hours the next morning
when_whatsapp = At once within 24 hours of what they wrote, else with their next message within a week; no paid template is sent
progress = { $done } of { $total } told
taken = { $number } taken back before it left.
count = Count who would get it
count_again = Count again
send = Send to { $number } people
take_back = Take back
take_back_hint = What has left stays; what waits for the morning, or for its turn, is taken back, and nobody else is told.
as_sent_id = As it is sent in Indonesian
as_sent_en = As it is sent in English
state_new = Not sent
state_counting = Being counted
state_ready = Counted
state_sending = On its way
state_done = Sent
state_stopped = Taken back
done_taken = Nobody else is told, and what had not left is taken back.
sent_already = It is on its way already, or sent. Take it back first.
not_counted = Count first who would get it.
not_sent = It is not on its way.
