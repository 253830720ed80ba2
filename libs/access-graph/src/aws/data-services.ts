import type { AccessLevel, ResourceKind } from "@rollcall/nhi-model";
import { colonsOf } from "./arn.ts";

/** A service whose data or configuration is worth reaching, and the actions that prove a level of access to it. */
export interface DataService {
  readonly id: string;
  /** Service part of its ARNs. */
  readonly arnService: string;
  readonly label: string;
  readonly kind: ResourceKind;
  /** Weight 0-100 of "all of it in one account", with the reason. */
  readonly weight: number;
  readonly reason: string;
  /** Resource part of its ARNs up to the name: `table/`, `secret:`; empty = bare name. */
  readonly typePrefix: string;
  /** ARNs carry no region or account (S3). */
  readonly global?: boolean;
  /** The name ends at the first slash; what follows is inside it (objects of a bucket, indexes of a table). */
  readonly hasInner?: boolean;
  /** Actions on what is inside only; the others are on the resource itself then. Not told = on either. */
  readonly insideActions?: readonly string[];
  /** Each action alone shows the level; actions that only list or describe metadata are left out on purpose. */
  readonly actions: Readonly<Record<AccessLevel, readonly string[]>>;
}

export const dataServices: readonly DataService[] = [
  {
    id: "s3",
    arnService: "s3",
    label: "S3 data",
    kind: "data_store",
    weight: 60,
    reason: "object storage commonly holds business data and backups",
    typePrefix: "",
    global: true,
    hasInner: true,
    insideActions: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject"],
    actions: {
      read: ["s3:GetObject", "s3:GetObjectVersion"],
      write: ["s3:PutObject", "s3:DeleteObject", "s3:DeleteBucket"],
      admin: ["s3:PutBucketPolicy", "s3:PutBucketAcl", "s3:DeleteBucketPolicy"],
    },
  },
  {
    id: "secretsmanager",
    arnService: "secretsmanager",
    label: "Secrets Manager secrets",
    kind: "secret",
    weight: 80,
    reason: "secrets open further systems",
    typePrefix: "secret:",
    actions: {
      read: ["secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue"],
      write: ["secretsmanager:PutSecretValue", "secretsmanager:UpdateSecret", "secretsmanager:DeleteSecret"],
      admin: ["secretsmanager:PutResourcePolicy"],
    },
  },
  {
    id: "ssm",
    arnService: "ssm",
    label: "Systems Manager parameters",
    kind: "secret",
    weight: 60,
    reason: "parameters often hold configuration secrets",
    typePrefix: "parameter/",
    actions: {
      read: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath", "ssm:GetParameterHistory"],
      write: ["ssm:PutParameter", "ssm:DeleteParameter"],
      admin: ["ssm:PutResourcePolicy"],
    },
  },
  {
    id: "kms",
    arnService: "kms",
    label: "KMS keys",
    kind: "encryption_key",
    weight: 60,
    reason: "keys decrypt the data of other services",
    typePrefix: "key/",
    actions: {
      read: ["kms:Decrypt"],
      write: ["kms:Encrypt", "kms:GenerateDataKey", "kms:Sign"],
      admin: ["kms:PutKeyPolicy", "kms:CreateGrant", "kms:ScheduleKeyDeletion"],
    },
  },
  {
    id: "dynamodb",
    arnService: "dynamodb",
    label: "DynamoDB data",
    kind: "data_store",
    weight: 60,
    reason: "tables commonly hold application data",
    typePrefix: "table/",
    hasInner: true,
    actions: {
      read: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:ExportTableToPointInTime"],
      write: ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem", "dynamodb:DeleteTable"],
      admin: ["dynamodb:PutResourcePolicy"],
    },
  },
  {
    id: "rds",
    arnService: "rds",
    label: "RDS databases",
    kind: "data_store",
    weight: 60,
    reason: "relational databases hold application data",
    typePrefix: "db:",
    actions: {
      read: ["rds:CopyDBSnapshot", "rds:RestoreDBInstanceFromDBSnapshot"],
      write: ["rds:DeleteDBInstance", "rds:DeleteDBCluster"],
      admin: ["rds:ModifyDBInstance", "rds:ModifyDBSnapshotAttribute"],
    },
  },
  {
    id: "redshift",
    arnService: "redshift",
    label: "Redshift data",
    kind: "data_store",
    weight: 60,
    reason: "warehouses gather data of many systems",
    typePrefix: "cluster:",
    actions: {
      read: ["redshift:GetClusterCredentials", "redshift-data:ExecuteStatement"],
      write: ["redshift:DeleteCluster"],
      admin: ["redshift:ModifyCluster", "redshift:AuthorizeSnapshotAccess"],
    },
  },
  {
    id: "sqs",
    arnService: "sqs",
    label: "SQS queues",
    kind: "queue",
    weight: 30,
    reason: "messages carry data in transit",
    typePrefix: "",
    actions: {
      read: ["sqs:ReceiveMessage"],
      write: ["sqs:SendMessage", "sqs:DeleteMessage", "sqs:PurgeQueue"],
      admin: ["sqs:AddPermission", "sqs:SetQueueAttributes"],
    },
  },
  {
    id: "sns",
    arnService: "sns",
    label: "SNS topics",
    kind: "queue",
    weight: 20,
    reason: "notifications carry data in transit",
    typePrefix: "",
    actions: { read: ["sns:Subscribe"], write: ["sns:Publish"], admin: ["sns:AddPermission", "sns:SetTopicAttributes"] },
  },
  {
    id: "lambda",
    arnService: "lambda",
    label: "Lambda functions",
    kind: "function",
    weight: 40,
    reason: "functions hold code and environment secrets",
    typePrefix: "function:",
    actions: {
      read: ["lambda:GetFunction", "lambda:GetFunctionConfiguration"],
      write: ["lambda:InvokeFunction", "lambda:UpdateFunctionConfiguration"],
      admin: ["lambda:UpdateFunctionCode", "lambda:AddPermission"],
    },
  },
  {
    id: "ec2",
    arnService: "ec2",
    label: "EC2 instances",
    kind: "compute",
    weight: 40,
    reason: "machines run the workloads",
    typePrefix: "instance/",
    actions: {
      read: ["ec2:GetConsoleOutput", "ec2:GetPasswordData"],
      write: ["ec2:StopInstances", "ec2:TerminateInstances", "ec2:RunInstances"],
      admin: ["ec2:ModifyInstanceAttribute"],
    },
  },
  {
    id: "ecr",
    arnService: "ecr",
    label: "ECR images",
    kind: "repository",
    weight: 40,
    reason: "images are the code that runs",
    typePrefix: "repository/",
    actions: {
      read: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      write: ["ecr:PutImage", "ecr:BatchDeleteImage"],
      admin: ["ecr:SetRepositoryPolicy"],
    },
  },
  {
    id: "logs",
    arnService: "logs",
    label: "CloudWatch logs",
    kind: "data_store",
    weight: 30,
    reason: "logs leak data and prove what happened",
    typePrefix: "log-group:",
    actions: {
      read: ["logs:GetLogEvents", "logs:FilterLogEvents", "logs:StartQuery"],
      write: ["logs:DeleteLogGroup", "logs:DeleteLogStream"],
      admin: ["logs:PutResourcePolicy"],
    },
  },
  {
    id: "cloudtrail",
    arnService: "cloudtrail",
    label: "CloudTrail audit trail",
    kind: "data_store",
    weight: 50,
    reason: "without the trail nothing else can be investigated",
    typePrefix: "trail/",
    actions: {
      read: ["cloudtrail:LookupEvents"],
      write: ["cloudtrail:StopLogging", "cloudtrail:PutEventSelectors"],
      admin: ["cloudtrail:DeleteTrail", "cloudtrail:UpdateTrail"],
    },
  },
  {
    id: "iam",
    arnService: "iam",
    label: "IAM configuration",
    kind: "saas_object",
    weight: 50,
    reason: "shows and shapes who may do what",
    typePrefix: "role/",
    actions: {
      read: ["iam:GetAccountAuthorizationDetails", "iam:GenerateCredentialReport"],
      write: ["iam:CreateUser", "iam:DeleteUser", "iam:DeleteRole"],
      admin: ["iam:CreateRole", "iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary"],
    },
  },
  {
    id: "organizations",
    arnService: "organizations",
    label: "Organization settings",
    kind: "saas_object",
    weight: 70,
    reason: "rules every account of the organisation",
    typePrefix: "account/",
    actions: {
      read: ["organizations:DescribePolicy"],
      write: ["organizations:AttachPolicy", "organizations:DetachPolicy"],
      admin: ["organizations:LeaveOrganization", "organizations:DeletePolicy", "organizations:CreateAccount"],
    },
  },
];

export const serviceScopeKey = (account: string, service: DataService): string => `resource:aws:scope:${account}:${service.id}`;

/** Matches only what is granted for the whole service: the region and name are ones nobody names. */
export const wholeServicePrefix = (account: string, service: DataService): string =>
  service.global === true
    ? `arn:aws:${service.arnService}:::any-name/`
    : `arn:aws:${service.arnService}:any-region:${account}:${service.typePrefix}any-name/`;

/** Splits an ARN (or pattern) of the service into the resource and what is inside it; null when it is of another service. */
export function resourceOfArn(service: DataService, arn: string): { readonly resource: string; readonly inner: string } | null {
  const ends = colonsOf(arn);
  if (ends === null) return null;
  const [, partition, ofService, , last] = ends;
  if (ofService - partition - 1 !== service.arnService.length || !arn.startsWith(service.arnService, partition + 1)) return null;
  const name = arn.slice(last + 1);
  if (!name.startsWith(service.typePrefix) && !/^[*?]/.test(name)) return null;
  if (service.hasInner !== true) return { resource: arn, inner: "" };
  const slash = name.indexOf("/", service.typePrefix.length);
  if (slash === -1) return { resource: arn, inner: "" };
  return { resource: arn.slice(0, last + 1 + slash), inner: name.slice(slash) };
}

/** What an action is asked about where a pattern names a resource and perhaps something in it. */
export function askedOn({ insideActions }: DataService, action: string, { resource, inner }: { resource: string; inner: string }): string {
  if (insideActions === undefined) return resource + inner;
  return insideActions.includes(action) ? resource + (inner === "" ? "/any" : inner) : resource;
}

/** How the ARNs begin that an action is asked about, where `wholePrefix` is how things inside begin: who may do anything with all objects does not hold a bucket. */
export const askedPrefix = ({ insideActions }: DataService, action: string, wholePrefix: string): string =>
  insideActions === undefined || insideActions.includes(action) ? wholePrefix : wholePrefix.slice(0, -1);

/** Whether a pattern leaves open which resource of the service is meant, so that it means all of an account and region or none. */
export function namesAll({ typePrefix }: DataService, pattern: string): boolean {
  if (!pattern.endsWith("*")) return false;
  const ends = colonsOf(pattern);
  const name = ends === null ? "" : pattern.slice(ends[4] + 1, -1);
  return typePrefix.startsWith(name) && (ends !== null || !pattern.slice(0, -1).includes("*"));
}
