-- What screens throw away before it becomes a candidate is only counted: with the candidate that was found at last
-- (screened), and summed up by stage (tolls) and by cause with every entry and search, as short text such as
-- structure=3;constant=1.
alter table candidate add column screened varchar(10000) default '' not null;

alter table candidate add column tolls varchar(10000) default '' not null;

alter table candidate add column causes varchar(10000) default '' not null;

alter table state_change add column tolls varchar(10000) default '' not null;

alter table state_change add column causes varchar(10000) default '' not null;

alter table search add column tolls varchar(10000) default '' not null;

alter table search add column causes varchar(10000) default '' not null;
