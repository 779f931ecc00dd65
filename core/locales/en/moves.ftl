title = Operator's desk
operator = Serambi's team
through = a company's desk
bring = Bring it to the operator
words = What the operator will read
words_hint = Take out what isn't needed. Whoever asked sees exactly these words and must agree. The operator also sees the company's name and the ticket's number, not who asked.
ask = Ask whether it may go
off = Ask no longer
take_back = Take it back
shown = The words that were shown
state_asked = Waits for a yes of whoever asked
state_moved = At the operator's desk
state_declined = Did not go
state_back = Came back
yes = Yes, send it
no = Don't
asked =
    { $who } would like to bring { $number } to Serambi's team, who run this system. They will read exactly this, without your name:
    "{ $words }"
    May it go? Until it comes back, what you write on this ticket reaches them too.
sent = Sent to Serambi's team. Their answer comes here; what you were promised stays.
stays = Not sent. HR goes on alone.
over = This question was answered or withdrawn.
back = { $number } is back with your company's HR. What you write now is read by them alone.
taken_back = The company went on alone. This ticket is closed.
outsider = Whoever asked has no chat here, so nobody can ask them. Write the question yourself, as a ticket of your own.
already = This ticket waits for a yes, or is at the operator's desk.
not_there = This ticket is not at the operator's desk.
nobody_there = Nobody works at the operator's desk of this Serambi yet.
mine_title = May it go to Serambi's team?
mine_what = They will read exactly this, without your name. Until it comes back, what you write on this ticket reaches them too.
