const deep = (open: string, close: string, levels: number): string => open.repeat(levels) + close.repeat(levels);

/** Input made to break a reader. Each carries marks that make some connector try. */
export const hostileTexts: readonly { readonly name: string; readonly text: string }[] = [
  { name: "empty object", text: "{}" },
  { name: "null", text: "null" },
  { name: "deep nesting", text: `{"UserDetailList":${deep("[", "]", 100_000)}}` },
  { name: "deep nesting of a Kubernetes list", text: `{"apiVersion":"v1","kind":"List","items":${deep("[", "]", 50_000)}}` },
  { name: "deep nesting in YAML", text: `apiVersion: v1\nkind: List\nitems: ${deep("[", "]", 20_000)}` },
  { name: "prototype pollution", text: '{"UserDetailList":[{"__proto__":{"polluted":true},"Arn":"arn:aws:iam::123456789012:user/x"}]}' },
  { name: "prototype pollution in a push", text: '{"kind":"identity","constructor":{"prototype":{"polluted":true}},"ref":"x"}' },
  {
    name: "lists that are none",
    text: '{"UserDetailList":[1,null,"x",[],{}],"RoleDetailList":{},"Policies":"no","GroupDetailList":[{"Arn":5}]}',
  },
  {
    name: "wrong types everywhere",
    text: '{"UserDetailList":[{"Arn":"arn:aws:iam::123456789012:user/x","Tags":[{"Key":{},"Value":[]}],"GroupList":[{}],"UserPolicyList":[{"PolicyName":"p","PolicyDocument":"%%%"}],"CreateDate":{}}]}',
  },
  {
    name: "NUL and lone surrogates",
    text: '{"UserDetailList":[{"Arn":"arn:aws:iam::123456789012:user/a\\u0000b\\ud800","UserName":"\\u0000","UserId":"\\udfff","Tags":[{"Key":"owner\\u0000","Value":"\\ud83d"}]}]}',
  },
  {
    name: "absurd dates",
    text: '{"UserDetailList":[{"Arn":"arn:aws:iam::123456789012:user/x","CreateDate":"+300000-01-01T00:00:00Z"},{"Arn":"arn:aws:iam::123456789012:user/y","CreateDate":1e300}]}',
  },
  {
    name: "an endless name",
    text: `{"RoleDetailList":[{"Arn":"arn:aws:iam::123456789012:role/${"x".repeat(5_000)}","RoleName":"${"é".repeat(3_000)}"}]}`,
  },
  {
    name: "Kubernetes objects without sense",
    text: '{"apiVersion":"v1","kind":"List","items":[null,1,{"kind":"Pod"},{"kind":"Pod","metadata":{"name":"p"},"spec":{"containers":"x","volumes":[1]}},{"kind":"RoleBinding","metadata":{"name":"b"},"roleRef":7,"subjects":[{"kind":"Robot","name":"r"}]},{"kind":"Secret","metadata":{"name":"s"},"type":"kubernetes.io/tls","data":{"tls.crt":"AAAA"}}]}',
  },
  {
    name: "aliases that multiply",
    text: `apiVersion: v1\nkind: List\na: &a [x,x,x,x,x,x,x,x,x]\n${["b", "c", "d", "e", "f", "g", "h"].map((name, index) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${"abcdefg"[index]}`).join(",")}]`).join("\n")}\nitems: *h\n`,
  },
  { name: "a report without lines", text: "user,arn,user_creation_time,password_enabled\n" },
  {
    name: "a report with an open quote",
    text: 'user,arn,user_creation_time,password_enabled\n"x,arn:aws:iam::123456789012:user/x,2020-01-01T00:00:00+00:00,false\n',
  },
  {
    name: "an envelope of nonsense",
    text: '{"source":"x","scopes":[{"dataset":5}],"asOf":"tomorrow"}\n{"kind":"identity"}\n{"kind":"usage","ref":"u","identityRef":"i","lastUsedAt":"+300000-01-01T00:00:00Z"}\n',
  },
  { name: "lines that are not JSON", text: '{"kind":"identity"\n}}}\n\u0000\u0000\n{"kind":"grant"}' },
  {
    name: "numbers out of range",
    text: '{"kind":"identity","ref":"i","identityKind":"bot","name":"n","provider":"p","facts":{"access.permissionCount":1e308,"usage.observedDays":-5e300}}',
  },
];
