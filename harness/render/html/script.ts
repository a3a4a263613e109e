// What the page can do with scripts on: filter, search, change its colours, open what is linked to. Without them it says all the same.

/** No sign in it may need escaping, for the page is well-formed XML: loops and conditions are written without them. */
export const SCRIPT = `
(function () {
  'use strict'
  var root = document.documentElement
  var each = function (selector, call) { Array.prototype.forEach.call(document.querySelectorAll(selector), call) }
  var kept = function (value) {
    try {
      if (value) localStorage.setItem('report-theme', value)
      return localStorage.getItem('report-theme')
    } catch (unreadable) { return null }
  }
  var button = document.getElementById('theme')
  var paint = function (theme) {
    root.dataset.theme = theme
    button.textContent = theme === 'dark' ? 'Light colours' : 'Dark colours'
  }
  var before = kept()
  var dark = before ? before === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  button.hidden = false
  button.textContent = dark ? 'Light colours' : 'Dark colours'
  if (before === 'dark' || before === 'light') paint(before)
  button.addEventListener('click', function () {
    dark = !dark
    paint(dark ? 'dark' : 'light')
    kept(root.dataset.theme)
  })
  each('form.filter', function (form) {
    var rows = document.querySelectorAll('#' + form.dataset.for + ' tbody tr')
    var texts = Array.prototype.map.call(rows, function (row) { return row.textContent.toLowerCase() })
    var show = function () {
      var wanted = form.querySelector('input').value.toLowerCase().split(' ')
      var verdict = form.querySelector('select').value
      var shown = 0
      Array.prototype.forEach.call(rows, function (row, index) {
        var found = wanted.every(function (word) { return texts[index].includes(word) })
        var right = verdict === 'all' || verdict === row.dataset.verdict
        row.hidden = !(found ? right : false)
        if (!row.hidden) shown += 1
      })
      form.querySelector('output').textContent = shown + ' of ' + rows.length + ' shown'
    }
    form.hidden = false
    form.addEventListener('input', show)
    form.addEventListener('submit', function (event) { event.preventDefault() })
    show()
  })
  var reveal = function () {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (!target) return
    var details = target.querySelector('details')
    if (target.matches('.drill')) details.open = true
    target.scrollIntoView()
  }
  addEventListener('hashchange', reveal)
  if (location.hash) reveal()
  var opened = []
  addEventListener('beforeprint', function () {
    each('.drill > details', function (details) { if (!details.open) { details.open = true; opened.push(details) } })
  })
  addEventListener('afterprint', function () { opened.splice(0).forEach(function (details) { details.open = false }) })
})()
`
