import jinja2

assert jinja2.Template("Hello {{ name }}").render(name="you") == "Hello you"
