# Talk simulator
title = Talk simulator
as = The talk as { $name }
lead = Nothing that happens here counts: nothing is kept or sent. Only that a simulation was run is recorded.
restart = Start over
other = Choose somebody else
who = As whom
name = Name or number
find = Find
nobody = No employee matches.
talk = Talk
chip = without effect
to = to { $name }:
understood = What was understood and stored
asked = Answers
intent = Asks for
near = Close
concepts = Why (concepts)
kind = Kind of leave
days = Days
long = { $days } days
doubtful = (will be asked)
unsure = not sure
stored = Would be stored
said_key = Answer
start = Write as the person would, for example: leave tomorrow.
write = Write
busy = The company has so much to do just now that the talk gave way ten times. Nothing was played: please try again.
send = Send
not_as = { $role ->
    [approver] { $name } decides requests; your role doesn't, so this talk can't be opened.
   *[other] The role of { $name } may do more than yours, so this talk can't be opened.
 }
