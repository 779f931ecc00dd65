# Danger: numbers first, then one yes brings a person.
send = { $told }
    { $alarm ->
        [harassment] Shall I pass your words to the help desk as urgent, so that a person gets in touch with you?
        [life] Shall I ask somebody from the help desk to get in touch with you, as urgent?
       *[other] Shall I tell the help desk now, as urgent, with the words you wrote?
    }
send_short = Shall I pass it to the help desk as urgent?
yes = Yes, tell them now
no = Not now
here = I'm still here. { $alarm ->
    [life] You can go on writing; 119, then 8, answers right now too.
   *[other] If it is dangerous right now, call 112 first.
  }
not_sent = All right, nothing was sent. If you change your mind, write "person" at any time; the numbers above stay open to you.
kept = Your request to be contacted has not been sent. Do you still need it?
no_words = Asks to be contacted at once
sent = Passed on as urgent: { $number }. The help desk and HR have just been told, and the answer comes in this chat. { $alarm ->
    [life] Don't wait alone: 119, then 8, answers right now.
   *[other] If it gets worse, don't wait for an answer: call 112.
  }
