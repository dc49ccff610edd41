"""Links articles in a database: which tell of one incident, who is whom, which are copies."""
