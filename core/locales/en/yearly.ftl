# The yearly check
asked = { $name }, once a year we ask: are the data about you still right? For example phone number, e-mail address, marital status, dependants and bank account. What is held: { $link }
choice_right = Still right
choice_wrong = Something is wrong
thanks = Thank you, noted as right. We ask again next year.
