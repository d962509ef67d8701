from mako.template import Template

assert Template("Hello ${name}").render(name="you") == "Hello you"
