# Training films
title = Videos
within_a_minute = less than a minute
minutes = { $count ->
    [1] { $minutes } minute
   *[other] { $minutes } minutes
  }
heading = { $count ->
    [1] { $total } short video about your work
   *[other] { $total } short videos about your work
  }
heading_seen = { $count ->
    [1] { $done } of { $total } video watched
   *[other] { $done } of { $total } videos watched
  }
lead = Free, with captions in both languages. Filmed from this application, with invented people.
begin = Start watching
go_on = Continue
how_far = Watched in part: { $title }
is_done = watched
search = Find a video
search_hint = how to ask for leave
found = Videos about "{ $asked }"
nothing = There is no video about that yet.
in_articles = Look in the articles
noted = Noted as watched.
in_id = Bahasa Indonesia
in_en = English
cannot_play = This browser cannot play videos.
download = Download the video
invented = Filmed from Serambi itself; people and data are invented. The video has no sound.
keys = Space: play and pause. Left and right arrow: 5 seconds.
say_done = Mark as watched
filmed_id = Watch the Indonesian version
filmed_en = Watch the English version
transcript = Step by step
read = To read
next = Next
see_film = There is a video
listed = { $count ->
    [1] There is 1 short video, free, with captions.
   *[other] There are { $number } short videos, free, with captions. Where shall we start?
  }
listed_seen = { $done } of { $number } videos watched. Which one next?
near = Perhaps one of these videos?
sent = "{ $title }", { $length }, English captions.
sent_link = "{ $title }", { $length }, English captions: { $link }
watched_button = Watched it
others_button = Other videos
more_button = More videos
watched = Noted: { $done } of { $number } done.
watched_all = Noted: all { $number } videos done.
gone = That video is not there any more. Write "video" to see them all.
not_kept = Not noted, as you chose. Want it noted again? { $link }
not_kept_here = Not noted, as you chose.
