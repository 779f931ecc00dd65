# My leave, in the portal
how = Ask here or in chat; either way it is the same request.
by_chat = In chat
other_recorded = { $name }: { $days } { $count ->
    [one] day
   *[other] days
  } recorded this year.
other_balance = { $name }: { $days } { $count ->
    [one] day
   *[other] days
  }.
year = The year { $year }
year_said = { $count ->
    [0] No days of leave this year
    [one] One day of leave this year
   *[other] { $number } days of leave this year
  }
year_day = Date
year_what = What it is
day_taken = taken
day_ahead = approved
day_waiting = waiting
day_collective = collective leave
withdraw = Take back
cancel = Ask to cancel
said_papers = The papers for { $number } are kept: { $who } by now. HR alone can open them.
said_in_review = { $number } is with { $who }.
said_applied = { $number } is recorded.
said_approved = { $number } is recorded.
said_withdrawn = { $number } was taken back.
said_returned = { $number } is to be changed.
said_rejected = { $number } was rejected.
said_cancel_requested = The cancellation of { $number } is with { $who }. Until they agree, the leave holds.
said_cancelled = { $number } was cancelled.
said_expired = { $number } was closed without a decision.
new_title = Ask for leave
new_lead = What it comes to is shown before it is sent.
new_none = There is no kind of leave that you can ask for yet.
type = Kind of leave
starts = From
starts_missing = Say on which day it begins.
ends = Until
ends_hint = Leave this empty for a single day.
ends_before = It ends before it begins.
part = Part of the day
part_hint = Half a day is only for a single date.
part_whole = the whole day
part_am = the morning only
part_pm = the afternoon only
reason = Reason
reason_hint = Whoever approves reads it.
send = Send for approval
record = Record it
see = Show what it comes to
seen = What it comes to
seen_none = Give the dates to see what is left, who else is away, and whether enough people stay.
seen_days = Days
weekend = not a working day
off = { $day } does not count ({ $why })
seen_left = Left
seen_becomes = { $before } becomes { $after } { $count ->
    [one] day
   *[other] days
  }
seen_lapses = { $count ->
    [one] { $days } day is lost after { $on } unless it is taken.
   *[other] { $days } days are lost after { $on } unless they are taken.
  }
seen_team = Also away in { $team }
seen_team_none = nobody so far
seen_minimum = { $present } people stay; at least { $minimum } are needed.
seen_paper = Paper
paper_by = The paper is due by { $day }.
seen_paper_by = by { $day }
clash = On { $day } only { $present } people would be in, and at least { $minimum } are needed. Whoever approves will see this.
clash_instead = Try { $starts } - { $ends }
words = When
words_hint = As you would say it: tomorrow until Friday, 12-14 August, half a day on Monday morning.
words_unread = No dates could be read from this. Write for example “tomorrow until Friday” or “12-14 August”, or fill in the dates below.
which_half = Say which half of the day it is.
look_first = Look at the dates and what they come to, then send.
papers = Papers
papers_hint = A doctor's letter, an invitation or another paper: photos (JPG, PNG, WEBP) or PDF, several if you like, 10 MB together. HR alone can open them.
papers_again = Choose the papers again: the files were not kept. Photos (JPG, PNG, WEBP) or PDF, 10 MB together.
papers_send = Send papers
papers_for = Papers for { $number }
papers_keep = Keep papers
