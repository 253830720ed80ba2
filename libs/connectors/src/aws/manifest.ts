import type { ConnectorManifest } from "@rollcall/posture-pipeline";

const datasets: ConnectorManifest["datasets"] = [
  { id: "account", title: "Account", emits: ["resource"], permissions: [] },
  {
    id: "users",
    title: "IAM users",
    emits: ["identity", "grant", "resource", "owner"],
    permissions: ["iam:GetAccountAuthorizationDetails"],
  },
  {
    id: "roles",
    title: "IAM roles",
    emits: ["identity", "grant", "resource", "owner"],
    permissions: ["iam:GetAccountAuthorizationDetails"],
  },
  { id: "groups", title: "IAM groups", emits: ["resource", "grant"], permissions: ["iam:GetAccountAuthorizationDetails"] },
  { id: "policies", title: "Managed policies", emits: ["resource"], permissions: ["iam:GetAccountAuthorizationDetails"] },
  {
    id: "credential_report",
    title: "Credential report",
    emits: ["identity", "credential", "usage", "grant"],
    permissions: ["iam:GenerateCredentialReport", "iam:GetCredentialReport"],
  },
  {
    id: "last_accessed",
    title: "Services last accessed",
    emits: ["identity", "usage"],
    permissions: ["iam:GenerateServiceLastAccessedDetails", "iam:GetServiceLastAccessedDetails", "iam:ListUsers", "iam:ListRoles"],
  },
  { id: "secrets", title: "Secrets Manager", emits: ["resource"], permissions: ["secretsmanager:ListSecrets"] },
  { id: "buckets", title: "S3 buckets", emits: ["resource"], permissions: ["s3:ListAllMyBuckets"] },
  { id: "functions", title: "Lambda functions", emits: ["resource", "grant"], permissions: ["lambda:ListFunctions"] },
  { id: "access_keys", title: "Ids of access keys", emits: ["credential"], permissions: ["iam:ListAccessKeys"] },
  {
    id: "resource_policies",
    title: "Policies of resources",
    emits: ["resource", "grant"],
    permissions: [
      "s3:GetBucketPolicy",
      "kms:ListKeys",
      "kms:GetKeyPolicy",
      "lambda:GetPolicy",
      "sqs:GetQueueAttributes",
      "sns:GetTopicAttributes",
      "secretsmanager:GetResourcePolicy",
      "ecr:GetRepositoryPolicy",
    ],
  },
  {
    id: "organisation",
    title: "Service control policies",
    emits: ["resource", "grant"],
    permissions: ["organizations:ListPoliciesForTarget", "organizations:DescribePolicy", "organizations:ListChildren"],
  },
];

/** The read rights of every dataset, and a refusal of the rights that would reveal a secret. */
const policy = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "RollcallExport",
      Effect: "Allow",
      Resource: "*",
      Action: [...new Set(datasets.flatMap(({ permissions }) => permissions))].sort(),
    },
    {
      Sid: "RollcallNeverReadsData",
      Effect: "Deny",
      Resource: "*",
      Action: ["secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue", "ssm:GetParameter*", "kms:Decrypt", "s3:GetObject*"],
    },
  ],
};

export const awsManifest: ConnectorManifest = {
  id: "aws",
  title: "Amazon Web Services",
  summary: "Users, roles, groups, policies, access keys and their use, from the exports that AWS itself offers.",
  accepts:
    "AWS JSON of iam get-account-authorization-details, the credential report (CSV or JSON), get-service-last-accessed-details, secretsmanager list-secrets, s3api list-buckets, lambda list-functions, iam list-access-keys, the policies of resources (s3api get-bucket-policy, kms get-key-policy, lambda get-policy, secretsmanager get-resource-policy, ecr get-repository-policy, sqs get-queue-attributes, sns get-topic-attributes), an organisation with its service control policies",
  datasets,
  howToExport: [
    { title: "Users, roles, groups, policies", command: "aws iam get-account-authorization-details > authorization-details.json" },
    {
      title: "Keys, passwords and their use",
      command: "aws iam generate-credential-report && sleep 10 && aws iam get-credential-report > credential-report.json",
    },
    {
      title: "Which services each user and role really uses",
      command: [
        "mkdir -p last-accessed",
        "for arn in $(aws iam list-users --query 'Users[].Arn' --output text) $(aws iam list-roles --query 'Roles[].Arn' --output text); do",
        '  job=$(aws iam generate-service-last-accessed-details --arn "$arn" --query JobId --output text); sleep 2',
        '  aws iam get-service-last-accessed-details --job-id "$job" > "last-accessed/$(printf %s "$arn" | sed \'s/:/%3A/g; s/\\//%2F/g\').json"',
        "done",
      ].join("\n"),
    },
    {
      title: "Optional: what is worth protecting",
      command:
        "aws secretsmanager list-secrets > secrets.json; aws s3api list-buckets > buckets.json; aws lambda list-functions > functions.json",
    },
    {
      title: "Optional: policies of resources, each in a file named after its resource",
      command: [
        "mkdir -p resource-policies",
        "for bucket in $(aws s3api list-buckets --query 'Buckets[].Name' --output text); do",
        '  aws s3api get-bucket-policy --bucket "$bucket" > "resource-policies/arn%3Aaws%3As3%3A%3A%3A$bucket.json" || true',
        "done",
        "for key in $(aws kms list-keys --query 'Keys[].KeyArn' --output text); do",
        '  aws kms get-key-policy --key-id "$key" --policy-name default > "resource-policies/$(printf %s "$key" | sed \'s/:/%3A/g; s/\\//%2F/g\').json"',
        "done",
      ].join("\n"),
    },
  ],
  leastPrivilegePolicy: JSON.stringify(policy, null, 2),
};
