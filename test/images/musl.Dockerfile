# The image of an Alpine job where a registry answers; musl-from-packages makes its like where none does.
FROM node:24-alpine
RUN mkdir -p /__e/node24_alpine/bin && ln -s /usr/local/bin/node /__e/node24_alpine/bin/node
CMD ["sh"]
