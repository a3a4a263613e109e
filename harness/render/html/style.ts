// The look of the page: calm and dense, in the fonts of the system. No sign in it may need escaping, for the page is well-formed XML.

/** Both schemes side by side; every pair of text and ground has a contrast of 4.5 or more. */
const COLOURS = `
:root{color-scheme:light dark;--ground:light-dark(#fff,#15181b);--raised:light-dark(#f5f6f7,#1d2125);--text:light-dark(#1b1f23,#e4e7ea);--quiet:light-dark(#57606a,#a3adb7);--rule:light-dark(#d5dade,#373e45);--link:light-dark(#0a53be,#82b4ff);
--pass:light-dark(#0a6b2d,#6fd08c);--fail:light-dark(#b3261e,#ff9d94);--open:light-dark(#7a4b00,#f0c060);--onfail:light-dark(#fff,#15181b);--fault:light-dark(#7b5ea7,#b79ae0);--shade:light-dark(#7b5ea71f,#b79ae026);--pending:light-dark(#f3d58a,#7a5c14);--firing:light-dark(#b3261e,#ff9d94);--line:light-dark(#0a53be,#82b4ff);--other:light-dark(#a6aeb6,#636c76);--grid:light-dark(#dfe3e6,#30363d)}
:root[data-theme=light]{color-scheme:light}:root[data-theme=dark]{color-scheme:dark}`

/** Nothing is smaller than 12 px; lines and gaps are parts of 12. */
const TEXT = `
*{box-sizing:border-box}html{scroll-padding-top:3rem}body{margin:0;background:var(--ground);color:var(--text);font:.8125rem/1.125rem system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.875rem;margin:0 0 .75rem;font-weight:650}h2{font-size:1.125rem;line-height:1.5rem;margin:0 0 .75rem;font-weight:650}h3{font-size:.9375rem;line-height:1.125rem;margin:0;font-weight:650}h4{font-size:.8125rem;margin:1.125rem 0 .375rem}
p,ul,ol,dl{margin:0 0 .75rem}ul,ol{padding-left:1.5rem}a{color:var(--link);text-underline-offset:2px}code{font:.75rem/1.125rem ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}.command{user-select:all;background:var(--raised);border:1px solid var(--rule);border-radius:3px;padding:0 .375rem}
.note,.run,dt{color:var(--quiet)}.note{font-size:.75rem}a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999rem}.skip:focus{left:.75rem;top:.75rem;z-index:3;background:var(--ground);padding:.375rem .75rem}.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}`

const LAYOUT = `
header{position:sticky;top:0;z-index:2;background:var(--ground);border-bottom:1px solid var(--rule)}header div,main,footer{max-width:80rem;margin:0 auto;padding:0 1.5rem}header div{display:flex;gap:.75rem;align-items:center;padding-block:.375rem}
nav ul{display:flex;flex-wrap:wrap;gap:0 1.125rem;list-style:none;margin:0;padding:0}nav{flex:1}nav a{display:inline-block;padding:.1875rem 0;min-width:1.5rem}button,input,select{font:inherit;color:inherit;background:var(--raised);border:1px solid var(--quiet);border-radius:3px;padding:.1875rem .5rem}button{white-space:nowrap}
section{padding-top:2.25rem}footer{padding-block:2.25rem;color:var(--quiet)}.top{padding-top:1.5rem}.reasons{padding-left:1.5rem}.reasons li{padding-left:.375rem;margin-bottom:.75rem}.sentence{font-weight:450}
.filter{display:flex;flex-wrap:wrap;gap:.375rem 1.125rem;align-items:center;margin-bottom:.75rem}.filter[hidden],tr[hidden],button[hidden]{display:none}.filter input{width:15rem;max-width:100%}output{color:var(--quiet)}
.drill{border-top:1px solid var(--rule);padding:.75rem 0}summary{cursor:pointer}.lines summary{list-style-position:outside;margin-left:.75rem}.drill h3{display:inline}.because{color:var(--quiet)}.question{font-size:.9375rem;line-height:1.3125rem;margin:.75rem 0}
.setting{display:grid;gap:.1875rem 1.5rem;grid-template-columns:repeat(auto-fit,minmax(16rem,max-content))}.setting div{display:flex;gap:.5rem;min-width:0}.setting dd{margin:0;min-width:0}dt{flex:none}.setting .again{grid-column:1/-1}.words,.lines{margin:0 0 .75rem}.lines{margin:0}.lines ul{padding-left:1.125rem;margin:.375rem 0 0;font-size:.75rem}`

const TABLES = `
.frame{position:relative;overflow-x:auto;margin:0 0 1.125rem}table{border-collapse:collapse;width:100%}caption{text-align:left;color:var(--quiet);font-size:.75rem;padding-bottom:.375rem}th,td{text-align:left;vertical-align:top;padding:.375rem .75rem .375rem 0;border-bottom:1px solid var(--rule);overflow-wrap:break-word}thead th{font-size:.75rem;color:var(--quiet);font-weight:500;vertical-align:bottom;white-space:nowrap}tbody th{font-weight:500}
.findings tbody th{width:30%}.findings td:nth-child(3){width:44%}.findings td:nth-child(4){min-width:11rem}#drills-table tbody th{width:38%;min-width:16rem}#drills-table td:nth-child(n+4){white-space:nowrap}.facts,.times{width:auto}.matrix td{min-width:11rem}.waterfall tbody th{font-weight:400;min-width:18rem;width:45%}.waterfall td,.chain td,.times td,.times tbody th{white-space:nowrap}td .bar{min-width:10rem}
.heatmap{width:auto}.heatmap th,.heatmap td{padding:.1875rem .375rem}.heatmap tbody th,.matrix tbody th{position:sticky;left:0;background:var(--ground)}.upright{writing-mode:vertical-rl;max-height:15rem}.heat{white-space:nowrap;font-size:.75rem;padding:0 .25rem;border-radius:3px}.heat.fired{color:var(--pass);font-weight:600;border:1px solid}.heat.missing,.heat.unasked{background:var(--fail);color:var(--onfail);font-weight:600}.heat.allowed,.heat.since-before{border:1px dotted var(--quiet)}.heat.not-judged{color:var(--open);border:1px dashed}.heat.silent,.heat.not-seen{color:var(--quiet)}
.legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.1875rem 1.125rem;font-size:.75rem}.mark{display:inline-block;white-space:nowrap;border:1px solid;border-radius:3px;padding:0 .375rem;font-weight:600}.mark.pass{color:var(--pass)}.mark.fail{background:var(--fail);border-color:var(--fail);color:var(--onfail)}.mark.inconclusive{color:var(--open);border-style:dashed}.none,.fail-word,.worse{color:var(--fail)}.better{color:var(--pass)}`

const CHARTS = `
svg{display:block;width:100%}.chart svg{min-width:60rem;max-width:66rem;background:var(--ground)}svg text{font-size:12px;fill:var(--text)}svg .time,svg .value{fill:var(--quiet)}svg .value{paint-order:stroke;stroke:var(--ground);stroke-width:3px}.tick,.grid{stroke:var(--grid);fill:none}.origin{stroke:var(--fault);stroke-dasharray:2 2}.shade{fill:var(--shade)}rect.phase,rect.steady{fill:none;stroke:var(--quiet)}rect.phase.fault,rect.fault{fill:var(--fault)}text.in.fault{fill:var(--onfail)}rect.pending{fill:var(--pending);stroke:var(--open);stroke-dasharray:3 2}rect.firing{fill:var(--firing)}text.in.firing{fill:var(--onfail)}path.told{fill:var(--firing);stroke:var(--ground)}path.told.resolved{fill:var(--ground);stroke:var(--pass);stroke-width:1.5}
.line{fill:none;stroke:var(--line);stroke-width:1.5}.line.other{stroke:var(--other);stroke-width:1}.area.errors{fill:var(--fail);opacity:.6}.threshold{fill:none;stroke:var(--fail);stroke-dasharray:6 3}text.value.threshold{fill:var(--fail);stroke:var(--ground);stroke-dasharray:none}
.bar{height:12px}.bar rect{fill:var(--other)}.bar .failed{fill:var(--fail)}.bar .meant{fill:var(--fault)}.bar .seen{fill:var(--other)}.bar .for{fill:var(--pending);stroke:var(--open);stroke-width:.5}.bar .sent{fill:var(--line)}.key{padding-left:1rem;margin-right:.75rem;background:linear-gradient(var(--other),var(--other)) 0 50%/.75rem .5rem no-repeat}.key.for{background-image:linear-gradient(var(--pending),var(--pending))}.key.sent{background-image:linear-gradient(var(--line),var(--line))}
${Array.from({ length: 13 }, (_, depth) => `.d${depth}{padding-left:${depth * 0.75}rem}`).join('')}`

const ELSEWHERE = `
@media (max-width:45rem){header div,main,footer{padding-inline:.75rem}h1{font-size:1.25rem;line-height:1.5rem}.findings{min-width:40rem}#drills-table,#claims-table{min-width:48rem}header{position:static}html{scroll-padding-top:0}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media print{:root,:root[data-theme]{color-scheme:light}header,.filter,.skip{display:none}body{font-size:9pt;line-height:12pt}.frame{overflow:visible}.chart svg{min-width:0}.chain td,.times td,.times tbody th,.waterfall td{white-space:normal}td .bar{min-width:4rem}.findings,#drills-table{min-width:0}.waterfall tbody th,.matrix td{min-width:0}h2,h3,h4,summary{break-after:avoid}svg,tr{break-inside:avoid}.mark,.heat,svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}a{color:inherit}main{padding:0;max-width:none}}
`

export const STYLE = `${COLOURS}${TEXT}${LAYOUT}${TABLES}${CHARTS}${ELSEWHERE}`
