"""``insight eval``: question sets, rates, the fit of the threshold, reports and floors."""
