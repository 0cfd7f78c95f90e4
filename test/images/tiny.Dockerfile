# The tiny test image where a registry answers; tiny-from-packages makes its like where none does.
FROM busybox:1.37
CMD ["sh"]
