"""The same files by Jinja2: `jinja.py TEMPLATES HOSTS FOLDER`. Each host has the files of TEMPLATES, in which its own
name stands; a service's name, address and the like are some twenty more values."""

import json
import os
import sys

import jinja2

templates, hosts, folder = sys.argv[1:]
environment = jinja2.Environment(loader=jinja2.FileSystemLoader(templates), keep_trailing_newline=True)
loaded = {name: environment.get_template(name) for name in sorted(os.listdir(templates))}
with open(hosts, encoding="utf8") as file:
    for host in json.load(file):
        os.makedirs(os.path.join(folder, host["name"]))
        for name, template in loaded.items():
            with open(os.path.join(folder, host["name"], name), "w", encoding="utf8") as out:
                out.write(template.render(host))
