import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { awsInventory } from "../testing/aws-account.ts";
import { CompiledDocuments } from "../aws/compiled-documents.ts";
import { trustEntries } from "../aws/trust.ts";
import { Inventory } from "../inventory.ts";
import { BySubject, startsOfEntry } from "./by-subject.ts";
import { acceptedBy } from "./workload-token.ts";
import type { Claim, WorkloadToken } from "./workload-token.ts";

const issuer = "token.actions.githubusercontent.com";
const token = (...subjects: (Partial<Claim> & { pattern: string })[]): WorkloadToken => ({
  issuer: `https://${issuer}/`,
  variants: subjects.map((each) => new Map([["sub", { chosen: true, ...each }]])),
});

describe("those who trust a subject", () => {
  const targets = new BySubject<string>();
  targets.add(issuer, ["repo:acme/app:"], "app");
  targets.add(issuer, ["repo:acme/"], "acme");
  targets.add("other.example", [""], "other issuer");
  targets.add(`https://${issuer}`, ["repo:acme/app:ref:refs/heads/main", "repo:zeta/"], "main");
  targets.add(issuer, [""], "anybody");

  it.each<[string, WorkloadToken, readonly string[]]>([
    ["a whole subject", token({ pattern: "repo:Acme/app:environment:x" }), ["app", "acme", "anybody"]],
    ["a pattern that goes on further", token({ pattern: "repo:acme/*" }), ["app", "acme", "main", "anybody"]],
    ["one of several", token({ pattern: "repo:zeta/a:x" }, { pattern: "repo:b/c:x" }), ["main", "anybody"]],
    [
      "a filter whose last letter may be missing",
      token({ pattern: "repo:acme/app:ref:refs/heads/maine?", isGitFilter: true }),
      ["app", "acme", "main", "anybody"],
    ],
    ["a subject that is not known", { issuer, variants: [new Map()] }, ["app", "acme", "main", "anybody"]],
    ["an issuer that nobody trusts", { issuer: "third.example", variants: [new Map()] }, []],
    ["an issuer that is not known", { issuer: null, variants: [new Map()] }, []],
  ])("%s", (_, of, expected) => expect(targets.mayTrust(of)).toEqual(expected));

  it("leaves out nobody whose trust lets the subject in", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "/", "*", "?"), maxLength: 5 });
    const operators = fc.constantFrom(
      "StringEquals",
      "StringLike",
      "StringNotLike",
      "StringEqualsIgnoreCase",
      "ForAnyValue:StringLikeIfExists",
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(operators, fc.array(letters, { minLength: 1, maxLength: 3 })), { minLength: 1 }),
        letters,
        fc.boolean(),
        (asked, pattern, isGitFilter) => {
          const documents = asked.map(([operator, values]) => ({
            Statement: [
              {
                Effect: "Allow",
                Action: "sts:AssumeRoleWithWebIdentity",
                Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
                Condition: { [operator]: { [`${issuer}:sub`]: values } },
              },
            ],
          }));
          const compiled = CompiledDocuments.of(
            new Inventory(awsInventory({ UserDetailList: [], GroupDetailList: [], Policies: [], RoleDetailList: [] })),
          );
          const all = documents.map((document) => trustEntries(compiled.compiled(document)));
          const known = new BySubject<number>();
          all.forEach((entries, at) => known.add(issuer, entries.flatMap(startsOfEntry), at));
          const of = token({ pattern, isGitFilter });
          const accepting = all.flatMap((entries, at) => (acceptedBy(entries, of) === null ? [] : [at]));
          expect(known.mayTrust(of)).toEqual(expect.arrayContaining(accepting));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
