const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Asked once, when an invitation names nobody. Plain HTML: it must work before the person has a session. */
export function invitationPage(token: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Join Rollcall</title>
<style>:root{color-scheme:light dark;font-family:system-ui,sans-serif}body{max-width:24rem;margin:15vh auto;padding:0 1rem}
label{display:block;margin:1rem 0 .25rem}input{width:100%;box-sizing:border-box;padding:.6rem;font:inherit}
button{margin-top:1.5rem;padding:.6rem 1.2rem;font:inherit}</style></head>
<body><main><h1>Join Rollcall</h1><p>Tell your colleagues who you are.</p>
<form method="get"><input type="hidden" name="token" value="${escapeHtml(token)}">
<label for="name">Name</label><input id="name" name="name" required maxlength="120" autocomplete="name">
<label for="email">E-mail</label><input id="email" name="email" type="email" required maxlength="320" autocomplete="email">
<button>Join</button></form></main></body></html>`;
}
