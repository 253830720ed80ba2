/**
 * Actions about no resource, by service: AWS asks about `*`, so that a statement for one resource neither allows nor denies them. Only those
 * that are refused with `on resource: *`; some listings are asked about a made-up ARN of their service instead.
 */
const byService: Readonly<Record<string, string>> = {
  cloudwatch: "GetMetricData GetMetricStatistics ListMetrics PutMetricData",
  ec2:
    "DescribeAccountAttributes DescribeAddresses DescribeAvailabilityZones DescribeImages DescribeInstances DescribeInstanceStatus DescribeInstanceTypes " +
    "DescribeInternetGateways DescribeKeyPairs DescribeLaunchTemplates DescribeNatGateways DescribeNetworkAcls DescribeNetworkInterfaces DescribeRegions " +
    "DescribeRouteTables DescribeSecurityGroups DescribeSnapshots DescribeSubnets DescribeTags DescribeVolumes DescribeVpcs",
  ecr: "GetAuthorizationToken",
  iam: "GenerateCredentialReport GetAccountAuthorizationDetails GetAccountSummary GetCredentialReport ListAccountAliases",
  kms: "CreateKey GenerateRandom ListAliases ListKeys",
  lambda: "GetAccountSettings ListFunctions ListLayers",
  secretsmanager: "GetRandomPassword ListSecrets",
};

const actions: ReadonlySet<string> = new Set(
  Object.entries(byService).flatMap(([service, names]) => names.split(" ").map((name) => `${service}:${name}`.toLowerCase())),
);

export const isAboutNothing = (action: string): boolean => actions.has(action.toLowerCase());
