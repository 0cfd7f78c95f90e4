# The test services where a registry answers: a real PostgreSQL and a real Redis; debian-from-packages makes its like where none does.
FROM node:24-bookworm-slim
COPY services.packages /tmp/
RUN apt-get update -qq \
  && xargs apt-get install -y -qq --no-install-recommends </tmp/services.packages \
  && rm -rf /var/lib/apt/lists/* /tmp/services.packages
CMD ["sh"]
