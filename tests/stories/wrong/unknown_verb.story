# A command that is not there is a fault of the story
# fails with: unknown_verb.story:3: there is no command "recieve"
recieve supplier=MILL
