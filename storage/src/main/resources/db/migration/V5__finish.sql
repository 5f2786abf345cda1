-- The journal's third kind of entry: evaluations of the last phase, in the same sequence. The search's own counts do not
-- change any more, so they are not repeated here; what the phase took is kept beside them.
create table final_evaluation (
  sid integer not null,
  sequence bigint not null,
  subject varchar(200) not null,
  candidate bigint,
  place integer not null,
  repetition integer not null,
  seed bigint not null,
  measurements varchar(1000000) not null,
  cause_kind varchar(32),
  cause_detail varchar(10000),
  evaluation_cost double precision not null,
  attempt integer not null,
  worker varchar(100) not null,
  milliseconds bigint not null,
  finished_at bigint not null,
  done integer not null,
  total integer not null,
  primary key (sid, sequence)
);

alter table search add column final_done integer default 0 not null;

alter table search add column final_total integer default 0 not null;

alter table search add column final_cost double precision default 0 not null;

alter table search add column final_milliseconds bigint default 0 not null;
