// What every page of the desk does in the browser, beyond what it does without.
