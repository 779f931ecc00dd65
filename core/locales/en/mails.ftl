# Mails of the help desk: what goes out, and what the desk is told of what came in
receipt = Hello,

    your message has arrived as ticket { $number }. You'll have an answer by { $by } at the latest, at this address. To add something, reply to this mail and leave its subject and recipient as they are.

    A mail does not prove who wrote it. About pay, leave and personal data you are answered in the chat or on your own page: { $portal }

    Help desk of { $company }
receipt_open = Hello,

    your message has arrived as ticket { $number }. When it will be answered can't be promised yet, because the help desk is closed until further notice. To add something, reply to this mail and leave its subject and recipient as they are.

    A mail does not prove who wrote it. About pay, leave and personal data you are answered in the chat or on your own page: { $portal }

    Help desk of { $company }
receipt_lost = These files were not kept:
    { $lines }
file_room = too large or too many; send at most 10 MB a file
file_type = not a picture, PDF, XLSX or CSV that can be opened; send it as one of these
answer = { $words }

    { $who }, help desk of { $company }
    Ticket { $number }. To add something, reply to this mail.
resolved = { $who } marked ticket { $number } as done. If it isn't, reply to this mail within two working days and it is open again. If it is, you need not do anything.

    Help desk of { $company }
automatic = Answered by a program, so nothing was reopened:
    { $words }
other_sender = This came from another address, { $address }, which knows a mail of this ticket. Answers still go to the address that asked.
returned = Our mail to { $address } could not be delivered (code { $code }). The requester does not know the answer: reach them another way.
follows = Follows ticket { $number }, which is closed.
no_words = (a mail without words)
not_kept = Not everything of this mail was kept:
    { $lines }
parts_left = parts that were left out: { $number }
only_head = only its sender and subject were read: it is larger than { $most } MB or has too many parts; it lies whole in the mailbox
no_file = A file cannot be sent to whoever called or came by. Send the words alone, or ask them to write in the chat.
claimed =
    Ticket { $number } at { $company } is now that of an employee who signed in to Serambi with its number and secret.
    Further answers are read at { $page }, after signing in.

    Was that not you? Answer this e-mail, and HR will untie it.
answer_inside =
    There is an answer to { $number } at { $company }. Since the ticket is an employee's, its words are not sent by e-mail.
    Read it at { $page }, after signing in.
proof =
    HR at { $company } needs to know who you are before answering { $number } with anything personal.

    If you work here, open { $link }, sign in, and write:
    Number: { $number }
    Secret: { $secret }

    It holds until { $until }. Do not pass this e-mail on. Not an employee? Just answer this e-mail.
