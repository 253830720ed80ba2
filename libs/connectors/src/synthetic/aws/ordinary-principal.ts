import type { AwsAccount, World } from "../estate.ts";
import { clusterOf } from "../estate.ts";
import { ordinaryLife } from "../governance.ts";
import { COMPANY, serviceName } from "../names.ts";
import type { ResourceStatement } from "../statement.ts";
import {
  allow,
  bucketArn,
  functionArn,
  iamArn,
  keyArn,
  managedArn,
  REGION,
  secretArn,
  tableArn,
  trustGithub,
  trustRole,
  trustService,
} from "./policy.ts";
import type { AwsPrincipal } from "./principal.ts";

/** Kinds of principals a service brings along, in the order in which they appear. */
const SLOTS = ["task", "deploy", "user", "function", "reader", "ci-user"] as const;

/** Services of an account: accounts of one track (prod, staging, dev, ...) run the same services. */
export const serviceIndexOf = (world: World, account: AwsAccount, n: number): number =>
  (Math.floor(account.index / 5) * 53 + Math.floor(n / SLOTS.length)) % world.services;

const WEIGHTS = { prod: [70, 45], data: [80, 60], security: [60, 50], staging: [12, 8], dev: [5, 3] } as const;

const storesOf = (world: World, account: AwsAccount, service: string): ResourceStatement[] => {
  const random = world.random("stores", account.id, service);
  const [high, usual] = WEIGHTS[account.stage];
  const personal = random.chance(0.3);
  const common = { provider: "aws", account: account.id, environment: account.environment };
  return [
    {
      ...common,
      ref: bucketArn(account, service),
      resourceKind: "data_store",
      name: `${account.name}-${service}`,
      weight: personal ? high : usual,
      reason: personal ? "tag data-class: personal data" : "tag data-class: internal",
    },
    {
      ...common,
      ref: secretArn(account, service),
      resourceKind: "secret",
      name: `${service}/runtime`,
      weight: usual,
      reason: "runtime secrets of a service",
    },
    ...(random.chance(0.5)
      ? [
          {
            ...common,
            ref: tableArn(account, service),
            resourceKind: "data_store" as const,
            name: service,
            weight: usual,
            reason: "tag data-class: internal",
          },
        ]
      : []),
  ];
};

const runtimeStatements = (account: AwsAccount, service: string, generous: boolean) => [
  generous
    ? allow("Objects", ["s3:*"], ["*"])
    : allow(
        "Objects",
        ["s3:GetObject", "s3:PutObject", "s3:ListBucket"],
        [bucketArn(account, service), `${bucketArn(account, service)}/*`],
      ),
  allow("Rows", ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"], [tableArn(account, service)]),
  allow("RuntimeSecrets", ["secretsmanager:GetSecretValue"], [secretArn(account, service)]),
  allow("Decrypt", ["kms:Decrypt"], [keyArn(account)]),
];

const taskRole = (world: World, account: AwsAccount, service: string): Partial<AwsPrincipal> => ({
  type: "role",
  name: `${service}-task`,
  trust: trustService("ecs-tasks.amazonaws.com"),
  resources: storesOf(world, account, service),
  inline: [
    { name: "runtime", statements: runtimeStatements(account, service, world.random("generous", account.id, service).chance(0.06)) },
  ],
});

const deployRole = (account: AwsAccount, service: string): Partial<AwsPrincipal> => ({
  type: "role",
  name: `gha-deploy-${service}`,
  trust: trustGithub(account.id, `repo:${COMPANY}/${service}:environment:${account.environment}`),
  inline: [
    {
      name: "deploy",
      statements: [
        allow("Rollout", ["ecs:UpdateService", "ecs:DescribeServices"], [`arn:aws:ecs:${REGION}:${account.id}:service/main/${service}`]),
        allow("Definition", ["ecs:RegisterTaskDefinition"], [`arn:aws:ecs:${REGION}:${account.id}:task-definition/${service}:*`]),
        allow("PassTaskRole", ["iam:PassRole"], [iamArn(account.id, "role", `${service}-task`)], {
          StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
        }),
        allow(
          "Images",
          ["ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload"],
          [`arn:aws:ecr:${REGION}:${account.id}:repository/${service}`],
        ),
      ],
    },
  ],
});

const functionRole = (world: World, account: AwsAccount, service: string): Partial<AwsPrincipal> => {
  // The managed policy may write every log group; teams that care name their own.
  const managedLogs = world.random("logs", account.id, service).chance(0.2);
  const role = iamArn(account.id, "role", `${service}-lambda`);
  return {
    type: "role",
    name: `${service}-lambda`,
    trust: trustService("lambda.amazonaws.com"),
    attached: managedLogs ? [managedArn("service-role/AWSLambdaBasicExecutionRole")] : [],
    inline: [
      {
        name: "work",
        statements: [
          allow(
            "Log",
            ["logs:CreateLogStream", "logs:PutLogEvents"],
            [`arn:aws:logs:${REGION}:${account.id}:log-group:/aws/lambda/${service}:*`],
          ),
          allow("Read", ["s3:GetObject"], [`${bucketArn(account, service)}/*`]),
          allow("Send", ["sqs:SendMessage"], [`arn:aws:sqs:${REGION}:${account.id}:${service}-events`]),
        ],
      },
    ],
    resources: [
      {
        ref: functionArn(account, service),
        resourceKind: "function",
        name: service,
        provider: "aws",
        account: account.id,
        environment: account.environment,
      },
    ],
    grants: [{ dialect: "direct", grantKind: "RUNS_AS", from: functionArn(account, service), to: role }],
  };
};

/** A user's key is as old as the discipline of its team: most teams rotate, some never did. */
const userWithKey = (world: World, account: AwsAccount, name: string, statements: AwsPrincipal["inline"]): Partial<AwsPrincipal> => {
  const arn = iamArn(account.id, "user", name);
  const random = world.random("key", arn);
  const life = ordinaryLife(world, arn);
  const discipline = random.next();
  const rotateEveryDays = discipline < 0.55 ? random.int(45, 85) : discipline < 0.7 ? random.int(120, 200) : 0;
  return {
    type: "user",
    name,
    ...(statements === undefined ? {} : { inline: statements }),
    keys: [
      {
        bornDaysAgo: life.bornDaysAgo,
        rotateEveryDays,
        quietSinceDaysAgo: life.quietSinceDaysAgo,
        facts: random.chance(0.4) ? { storage: "vault", approvedStore: true } : {},
      },
    ],
  };
};

/** What was granted in a hurry and never taken back, with its share among the users of services. */
const hastyGrants = (world: World, name: string, account: AwsAccount): Partial<AwsPrincipal> => {
  const roll = world.random("hasty", account.id, name).next();
  if (roll < 0.06) return { attached: [managedArn("AdministratorAccess")] };
  if (roll < 0.14) return { attached: [managedArn("PowerUserAccess")] };
  return {};
};

const exportUser = (world: World, account: AwsAccount, service: string): Partial<AwsPrincipal> => ({
  ...hastyGrants(world, service, account),
  ...userWithKey(world, account, `svc-${service}`, [
    {
      name: "objects",
      statements: [
        allow("Objects", ["s3:GetObject", "s3:PutObject"], [`${bucketArn(account, service)}/*`]),
        allow("RuntimeSecrets", ["secretsmanager:GetSecretValue"], [secretArn(account, service)]),
      ],
    },
  ]),
});

const ciUser = (world: World, account: AwsAccount, service: string): Partial<AwsPrincipal> => ({
  ...userWithKey(world, account, `ci-${service}`, [
    {
      name: "publish",
      statements: [
        allow("Publish", ["s3:PutObject"], [`${bucketArn(account, service)}/releases/*`]),
        ...(world.random("passes", account.id, service).chance(0.1)
          ? [allow("Functions", ["lambda:CreateFunction", "lambda:InvokeFunction"], ["*"]), allow("Pass", ["iam:PassRole"], ["*"])]
          : []),
      ],
    },
  ]),
  facts: { "pipeline.isPipeline": true },
});

const readerRole = (account: AwsAccount, service: string): Partial<AwsPrincipal> => ({
  type: "role",
  name: `${service}-readonly`,
  trust: trustRole(iamArn(account.id, "role", "engineer-sso")),
  inline: [
    {
      name: "look",
      statements: [
        allow("Metrics", ["cloudwatch:GetMetricData", "logs:FilterLogEvents"], ["*"]),
        allow("Look", ["s3:ListBucket"], [bucketArn(account, service)]),
      ],
    },
  ],
});

/** Clusters whose workloads sign in to this account get one role per service account, trusted through the cluster's issuer. */
export const clustersOf = (world: World, account: AwsAccount): readonly ReturnType<typeof clusterOf>[] =>
  Array.from({ length: world.clusters }, (_, index) => clusterOf(world, index)).filter(
    (cluster) => cluster.awsAccount.index === account.index,
  );

export const ordinaryPrincipal = (world: World, account: AwsAccount, n: number): AwsPrincipal => {
  const serviceIndex = serviceIndexOf(world, account, n);
  const service = serviceName(serviceIndex);
  const build = {
    task: () => taskRole(world, account, service),
    deploy: () => deployRole(account, service),
    user: () => exportUser(world, account, service),
    function: () => functionRole(world, account, service),
    reader: () => readerRole(account, service),
    "ci-user": () => ciUser(world, account, service),
  }[SLOTS[n % SLOTS.length] as (typeof SLOTS)[number]];
  const partial = build() as Omit<AwsPrincipal, "serviceIndex" | "bornDaysAgo">;
  const tagged = world.random("env-tag", account.id, partial.name).chance(0.8);
  return {
    ...ordinaryLife(world, iamArn(account.id, partial.type, partial.name)),
    environment: tagged ? account.environment : null,
    ...partial,
    serviceIndex,
  };
};
