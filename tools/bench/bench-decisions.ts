import { compilePolicy, decide, principalVariables } from "@rollcall/access-graph";
import { Dice } from "./graph-shape.ts";
import { measure } from "./measure.ts";
import { count, perSecond, printTable } from "./report.ts";

const ACCOUNT = "111122223333";
const version = "2012-10-17";

/** Wildcards, policy variables, conditions on text, addresses and flags, denies, `NotAction`: what slows a decision down. */
const workPolicy = {
  Version: version,
  Statement: [
    {
      Effect: "Allow",
      Action: ["s3:Get*", "s3:List*", "ec2:Describe*", "lambda:InvokeFunction"],
      Resource: ["arn:aws:s3:::reports-*/*", "arn:aws:s3:::reports-*", `arn:aws:lambda:*:${ACCOUNT}:function:billing-*`],
    },
    {
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: "arn:aws:s3:::homes/${aws:username}/*",
      Condition: { Bool: { "aws:SecureTransport": "true" }, IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"] } },
    },
    { Effect: "Deny", Action: "s3:*", Resource: "*", Condition: { StringNotEqualsIfExists: { "aws:PrincipalAccount": ACCOUNT } } },
  ],
};
const boundary = { Version: version, Statement: [{ Effect: "Allow", NotAction: ["iam:*", "organizations:*"], Resource: "*" }] };
const organisation = {
  Version: version,
  Statement: [
    { Effect: "Allow", Action: "*", Resource: "*" },
    {
      Effect: "Deny",
      NotAction: ["iam:*", "sts:*", "s3:*", "lambda:*"],
      Resource: "*",
      Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "us-east-1"] } },
    },
  ],
};

const actions = ["s3:GetObject", "s3:PutObject", "lambda:InvokeFunction", "ec2:RunInstances", "iam:CreateUser", "dynamodb:GetItem"];
const addresses = ["10.1.2.3", "203.0.113.9", "198.51.100.1", "2001:db8::1"];
const regions = ["eu-west-1", "us-east-1", "ap-south-1"];

/** T3: decisions with everything that counts, one layer of each kind of limit. */
export async function benchDecisions(): Promise<void> {
  const [work, limit, level] = [compilePolicy(workPolicy), compilePolicy(boundary), compilePolicy(organisation)];
  const users = Array.from({ length: 200 }, (_, index) => ({
    identity: [
      { ref: "work", policy: work },
      { ref: "all", policy: index % 3 === 0 ? limit : work },
    ],
    ceilings: [
      { ref: "organisation", policy: level },
      { ref: "boundary", policy: limit },
    ],
    unknownCeilings: [],
    variables: principalVariables(`arn:aws:iam::${ACCOUNT}:user/user-${index}`),
  }));
  const dice = new Dice(7);
  const one = <T>(values: readonly T[]): T => values[dice.below(values.length)]!;
  const requests = Array.from({ length: 2_000 }, () => ({
    action: one(actions),
    resource: one([
      `arn:aws:s3:::reports-${dice.below(50)}/day-${dice.below(300)}`,
      `arn:aws:s3:::homes/user-${dice.below(200)}/notes.txt`,
      `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:billing-${dice.below(20)}`,
      `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-${dice.below(500)}`,
    ]),
    context: new Map([
      ["aws:securetransport", [one(["true", "true", "false"])]],
      ["aws:sourceip", [one(addresses)]],
      ["aws:requestedregion", [one(regions)]],
    ]),
    isComplete: true,
  }));
  const decided = new Map<string, number>();
  const decideAll = (): void => {
    decided.clear();
    for (const user of users)
      for (const request of requests) {
        const { decision } = decide(user, request);
        decided.set(decision, (decided.get(decision) ?? 0) + 1);
      }
  };
  decideAll();
  const { cpuMs } = await measure(decideAll);
  const decisions = users.length * requests.length;
  printTable("T3: decisions with variables, conditions, denies, a boundary and an organisation policy", [
    {
      what: `${count(decisions)} decisions, ${count(requests.length)} requests of ${count(users.length)} users`,
      wallMs: null,
      cpuMs,
      rate: perSecond(decisions, cpuMs, "decisions"),
      note: `T3: >= 1 M/s; ${[...decided].map(([decision, times]) => `${decision} ${((100 * times) / decisions).toFixed(0)} %`).join(", ")}`,
    },
  ]);
}
