export const helpText = `rollcall: the command line of Rollcall

  rollcall analyse FILE|FOLDER... [--as-of DATE] [--account NAME] [--scp FILE]... [--routes N] [--json]
      Reads exports here and now, without a server: what is in them, what is wrong, who reaches what,
      who can make itself administrator and how, and what cannot be told. Nothing is stored or sent.
      --account NAME  the account or cluster of files that do not name theirs
      --scp FILE      service control policies over the AWS accounts of the files, as with can
      --routes N      targets listed per principal, nearest first (default 20)
      --json          the whole report; docs/analyse.schema.json describes it
      Exit code 1: a critical finding, or a certain way to become administrator.

  rollcall can PRINCIPAL ACTION RESOURCE FILE... [--scp FILE]... [--rcp FILE]... [--session-policy FILE]...
               [--resource-policy FILE]... [--resource-account ID] [--context KEY=VALUE]... [--full-context] [--json]
      May this user or role do this? Answers allowed, explicitly_denied, implicitly_denied, conditional or
      unknown, with the statements that decide. AWS exports are the files.
      --scp FILE      a level of service control policies, the root's first: a document, a list of documents,
                      a list of levels, the answer of describe-policy, or a whole organisation
      --context K=V   a condition key of the request; twice makes a list. Given, it is complete: keys that
                      are not given are absent, and the answer is never conditional
      --full-context  the same without any key
      Exit code 0: allowed; 1: anything else.

  rollcall can --questions FILE.jsonl
      One question per line, each with its policies inline; one answer per line, in the same order.
      - reads standard input. Exit code 0: every question was understood; 1: some are invalid.

  rollcall import FILE... [--as-of DATE] [--mapping FILE.json] [--wait] [--json]
      Sends export files (AWS, Kubernetes, observations; single files or a zip) as one import. One NDJSON
      file beyond 96 MiB goes as several, cut where a source begins; --json then prints a list.
      --as-of DATE  the day the files speak of, when they do not carry it themselves
      --mapping F   for tables (CSV): which column is what; libs/connectors/src/table/README.md describes it
      --wait        follow it to its end; exit code 1 when it does not complete
      --json        print the ingestion as JSON

  rollcall export identities|credentials|findings|tasks|posture [--format json|csv]
      Everything you may see, on standard output.

  rollcall demo load|remove
      The demo organisation, in or out.

  rollcall audit verify [--file EXPORT] [--from-checkpoint FILE] [--public-key KEY]
      Recomputes the hash chain of the audit log and compares it with the signed checkpoints (by default
      audit-checkpoints.ndjson in the data folder). Exit code 0 intact, 1 broken (with the first bad row),
      2 could not be checked.

  rollcall audit export
      The audit log as lines of JSON, oldest first, for keeping or verifying elsewhere.

  rollcall backup FILE [--data DIR]
  rollcall restore FILE [--data DIR]
      Everything in the database in one file, also while Rollcall runs; and back, into an empty folder (or an
      empty database named by DATABASE_URL). The root key (keys/root.key in the data folder) and the keys of
      credentials (keys/connector.keys) are not in it: keep them elsewhere, and put them back before restoring.
      Without them the inventory comes back, while sessions, API keys and second factors have to be made anew,
      and credentials of sources entered again.

  rollcall rewrap [--data DIR] [--keep-old-keys | --to file|env|vault | --shred WORKSPACE]
      A new key for the credentials of sources that Rollcall reads by itself, also while it runs. Every
      credential is moved under it and the former key is forgotten; interrupted, it goes on where it was.
      --keep-old-keys  former keys stay in the key file, for credentials in backups of before
      --to             the same keys at another place (docs/pulled-sources.md); CONNECTOR_KEY_SOURCE says where they are now
      --shred          deletes the credentials of a workspace (name or id) and every key that opens a copy of them in a backup
      Exit code 1: credentials are left that no key here opens; the Sources page names them.

  rollcall help

Import, export and demo connect to ROLLCALL_URL with the API key in ROLLCALL_TOKEN. On the machine of a running
"npm start" it finds both in the data folder (ROLLCALL_DATA_DIR, default .data).

Exit codes: 0 ok, 1 the answer is bad news, 2 usage, 3 could not reach or was refused.
`;
