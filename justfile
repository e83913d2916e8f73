# Shorthands; every line can be typed by hand.

# Build, fetch models, serve the demo day
run *args:
    ./run {{args}}

# Everything that must hold before a commit
check:
    ./test

# Quality figures (SCORE_DATA names the folder with the labelled data)
score *what:
    cargo xtask score {{what}}

# Speed, memory and size
bench *what:
    cargo xtask bench {{what}}
