import type { AwsAccount } from "../estate.ts";

export type Statement = Readonly<Record<string, unknown>>;
export type Document = Readonly<Record<string, unknown>>;

/** Region in which the fictional company runs its regional services. */
export const REGION = "eu-west-1";
export const GITHUB_ISSUER = "token.actions.githubusercontent.com";

export const documentOf = (...statements: readonly Statement[]): Document => ({ Version: "2012-10-17", Statement: statements });
export const allow = (sid: string, actions: readonly string[], resources: readonly string[], condition?: object): Statement => ({
  Sid: sid,
  Effect: "Allow",
  Action: actions,
  Resource: resources,
  ...(condition === undefined ? {} : { Condition: condition }),
});

export const iamArn = (account: string, kind: "user" | "role" | "group" | "policy", name: string): string =>
  `arn:aws:iam::${account}:${kind}/${name}`;
export const managedArn = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
export const accessKeyRef = (userArn: string, slot: 1 | 2): string => `${userArn}#access_key/${slot}`;
export const bucketName = (account: AwsAccount, service: string): string => `${account.name}-${service}`;
export const bucketArn = (account: AwsAccount, service: string): string => `arn:aws:s3:::${bucketName(account, service)}`;
export const secretArn = (account: AwsAccount, service: string): string =>
  `arn:aws:secretsmanager:${REGION}:${account.id}:secret:${service}/runtime`;
export const tableArn = (account: AwsAccount, service: string): string => `arn:aws:dynamodb:${REGION}:${account.id}:table/${service}`;
export const functionArn = (account: AwsAccount, service: string): string => `arn:aws:lambda:${REGION}:${account.id}:function:${service}`;
export const keyArn = (account: AwsAccount): string => `arn:aws:kms:${REGION}:${account.id}:key/${account.name}`;

const assume = (principal: object, condition?: object): Document =>
  documentOf({
    Effect: "Allow",
    Principal: principal,
    Action: "sts:AssumeRole",
    ...(condition === undefined ? {} : { Condition: condition }),
  });

export const trustService = (...services: readonly string[]): Document => assume({ Service: services });
export const trustRole = (arn: string): Document => assume({ AWS: arn });
export const trustAccount = (account: string): Document => assume({ AWS: `arn:aws:iam::${account}:root` });
export const trustVendor = (account: string, externalId: string | null): Document =>
  assume({ AWS: `arn:aws:iam::${account}:root` }, externalId === null ? undefined : { StringEquals: { "sts:ExternalId": externalId } });

const federate = (provider: string, condition: object): Document =>
  documentOf({
    Effect: "Allow",
    Principal: { Federated: provider },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: condition,
  });

export const trustGithub = (account: string, subject: string): Document =>
  federate(`arn:aws:iam::${account}:oidc-provider/${GITHUB_ISSUER}`, {
    StringEquals: {
      [`${GITHUB_ISSUER}:aud`]: "sts.amazonaws.com",
      ...(subject.includes("*") ? {} : { [`${GITHUB_ISSUER}:sub`]: subject }),
    },
    ...(subject.includes("*") ? { StringLike: { [`${GITHUB_ISSUER}:sub`]: subject } } : {}),
  });

export const trustCluster = (account: string, issuer: string, serviceAccount: string): Document =>
  federate(`arn:aws:iam::${account}:oidc-provider/${issuer}`, {
    StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: `system:serviceaccount:${serviceAccount}` },
  });
