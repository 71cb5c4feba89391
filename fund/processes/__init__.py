"""What reacts to facts: machine checks, timers, letters. Each acts through commands whose id is derived from the cause, so once."""
