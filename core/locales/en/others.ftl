# What is somebody else's is shown to nobody in the talk; who may ask for it, and where.
pay = I show nobody's pay to anybody else here, yours neither. They can ask from their own chat; HR opens it on its pages, and each time is written down. For the range of pay of your own job, ask HR about the wage structure and scale.
health = Somebody else's health and doctor's notes are for themselves and for whoever in HR looks after them; even their head sees the dates alone. If you are worried, it is best to ask them yourself.
contact = I don't give out other people's numbers, addresses or personal data. Ask them directly; for something urgent at work, the help desk or HR can pass on your message.
reason = I don't tell why somebody else is on leave or away; all I can say is who is away and when. If you need to know, ask them yourself.
