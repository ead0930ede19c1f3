-- Events pinned the birthday itself. They pin what was asked of it, answered (decision 0018); a date is not kept.
update happening set pins = pins - 'birthday' where pins ? 'birthday';
